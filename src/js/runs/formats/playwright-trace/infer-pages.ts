import { Screencast } from "./screencast.ts";
import type { Trace, TraceAction } from "./trace.ts";

/**
 * Infers the page of each action. From format 9 on, only snapshots contain it, and a trace may have none. Without a snapshot, it is the
 * only open page, or the page that the test opened last if it has no picture yet, or the page that changed or closed after the
 * action, or else the page of the previous action.
 */
export function inferPages(trace: Trace, actions: readonly (TraceAction & { performMs: number })[]): void {
  if (trace.pages.size === 0 && (trace.version === 6 || trace.version === 7)) inferOpening(trace);
  const screencast = new Screencast(trace.frames);
  const visited = new Set<string>();
  let last: string | undefined;
  for (const [i, action] of actions.entries()) {
    const from = action.performMs;
    const until = actions[i + 1]?.performMs ?? Number.POSITIVE_INFINITY;
    action.pageId ??= guess(action, from, until);
    if (action.pageId === undefined) continue;
    last = action.pageId;
    visited.add(last);
  }

  function guess({ method }: TraceAction, from: number, until: number): string | undefined {
    const open = [...trace.pages].filter(
      ([, { openedMs, closedMs }]) => openedMs <= from && (closedMs ?? from) >= from,
    );
    const ids = open.map(([id]) => id);
    if (ids.length < 2) return ids[0];
    const fresh = ids.findLast((id) => !visited.has(id));
    if (method === "goto" && fresh !== undefined) return fresh;
    const changed = ids.filter((id) => screencast.changed(id, from, until));
    if (changed.length > 0) return changed.includes(last ?? "") ? last : changed.at(-1);
    const closed = open.find(
      ([, { closedMs }]) => closedMs !== undefined && closedMs <= until && until < Number.POSITIVE_INFINITY,
    );
    return closed?.[0] ?? last;
  }
}

/**
 * Infers when pages opened, for Playwright 1.42 to 1.47, which write no events. The test opened as many pages as it
 * called `newPage`; every other page but the first opened by itself when it was first shown.
 */
function inferOpening({ actions, frames, pages }: Trace): void {
  const asked = actions.filter(({ method }) => method === "newPage");
  const first = new Map<string, number>();
  const see = (pageId: string | undefined, atMs: number) => {
    if (pageId !== undefined) first.set(pageId, Math.min(first.get(pageId) ?? atMs, atMs));
  };
  for (const { pageId, shownMs } of frames) see(pageId, shownMs);
  for (const { pageId, startMs } of actions) see(pageId, startMs);
  for (const [pageId, seenMs] of [...first].sort(([, a], [, b]) => a - b)) {
    const call = asked.findIndex(({ startMs }) => startMs <= seenMs);
    const [own] = call < 0 ? [] : asked.splice(call, 1);
    const closing = actions.find((action) => action.method === "close" && action.pageId === pageId);
    pages.set(pageId, {
      openedMs: own?.startMs ?? (pages.size === 0 ? Number.NEGATIVE_INFINITY : seenMs),
      ...(closing && { closedMs: closing.endMs ?? closing.startMs }),
    });
  }
}
