import { Screencast } from "./screencast.ts";
import type { Trace, TraceAction } from "./types.ts";

/**
 * From format 9 on only the snapshots tell the page of an action, and a trace may have none. Then it is the only page that
 * is open, or the one that the test opened last and that has shown nothing yet, or the one that changed or closed after the
 * action; else the one before.
 */
export function inferPages(trace: Trace, actions: readonly (TraceAction & { performMs: number })[]): void {
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
