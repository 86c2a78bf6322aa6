import { isFailedStep, kindOfAction } from "./action-kind.ts";
import { inferPages } from "./infer-pages.ts";
import { Screencast } from "./screencast.ts";
import type { Trace, TraceAction, TraceFrame } from "./trace.ts";

/**
 * Which picture shows what an action did: the last one of its page before the next action performs. Neither the start nor
 * the end of an action will do: a click waits for its element first, and what it leads to is often painted after its end.
 */

/** A step of the replay. */
export type TraceStep = {
  action: TraceAction;
  /** Nothing where the screencast has no picture of the page yet. */
  frame?: TraceFrame;
};

/** From input to a picture of what it did, at least: a page has to handle it and to paint. */
const PAINT_MS = 8;
/** A picture may be that much behind the page when the machine is busy. */
const LATE_MS = 60;
/** An effect that was not painted within this time after its action is another's. */
const SETTLE_MS = 400;

/** The steps of a trace in the order in which they performed, each with its picture. */
export function pairFrames(trace: Trace): TraceStep[] {
  const actions = trace.actions
    .filter((action) => kindOfAction(action) !== "other" || isFailedStep(action))
    .map((action) => ({ ...action, performMs: performed(action, trace.version) }))
    .sort((a, b) => a.performMs - b.performMs);
  inferPages(trace, actions);
  const pairing = new Pairing(trace, actions);
  const steps = new Pairing(
    trace,
    actions.filter((action, i) => kindOfAction(action) !== "script" || pairing.showsScript(i)),
  );
  return steps.all();
}

/** An action whose moment is known or guessed. */
type TimedAction = TraceAction & { performMs: number };

/**
 * When an action performs. One that failed before it could has no effect until its end, and one that waits for an element
 * and tells no more is over soon after; the log of format 3 has no times, and there the start was right most often.
 */
function performed({ performMs, startMs, endMs, method, params, error }: TraceAction, version: number): number {
  if (method === "goto") return startMs; // the page may be seen before the log says that it is on its way
  if (performMs !== undefined) return performMs;
  const waits = error !== undefined || (version > 3 && params.selector !== undefined);
  return waits && endMs !== undefined ? endMs : startMs;
}

/** Actions in order and the pictures between them. */
class Pairing {
  readonly #trace: Trace;
  readonly #actions: readonly TimedAction[];
  readonly #screencast: Screencast;
  readonly #newPages: readonly TraceAction[];

  constructor(trace: Trace, actions: readonly TimedAction[]) {
    this.#trace = trace;
    this.#actions = actions;
    this.#screencast = new Screencast(trace.frames);
    this.#newPages = trace.actions.filter(({ method }) => method === "newPage");
  }

  /** Each action with its picture. */
  all(): TraceStep[] {
    return this.#actions.map((action, i) => {
      const frame = this.#frameOf(i);
      return { action, ...(frame && { frame }) };
    });
  }

  /**
   * Whether a script, or a part of a gesture, is a step: it opened a window, or the page changed after it and had been
   * still since the action before.
   */
  showsScript(i: number): boolean {
    const action = this.#actions[i]!;
    const from = action.performMs;
    const until = this.#until(i);
    if (isFailedStep(action) || this.#popup(action, from, until)) return true;
    if (!this.#screencast.changed(action.pageId, from + PAINT_MS, until)) return false;
    const before = this.#actions[i - 1];
    if (!before) return true;
    const isStill = from - Math.max(before.endMs ?? 0, before.performMs) > SETTLE_MS;
    return isStill || this.#screencast.changed(action.pageId, before.performMs + PAINT_MS, from + PAINT_MS);
  }

  #frameOf(i: number): TraceFrame | undefined {
    const action = this.#actions[i]!;
    const from = action.performMs;
    const until = this.#until(i);
    const popup = this.#popup(action, from, until);
    if (popup) return popup;
    const pageId = this.#pageAfter(i, from, until);
    const frame = this.#screencast.last(pageId, until);
    if (i + 1 === this.#actions.length) return frame;
    if (this.#screencast.changed(pageId, from, until)) return this.#earlierFrame(i, pageId, until) ?? frame;
    return this.#lateFrame(i, pageId, until) ?? frame;
  }

  /**
   * What the page showed when the next action performed, where the next action is quicker than `PAINT_MS`: both actions
   * changed the page, and nothing but what was painted in that time is left for the next one.
   */
  #earlierFrame(i: number, pageId: string | undefined, until: number): TraceFrame | undefined {
    const next = this.#actions[i + 1]!;
    const hasOwn = this.#screencast.changed(pageId, this.#actions[i]!.performMs + PAINT_MS, next.performMs);
    const isQuick = this.#screencast.changed(pageId, next.performMs, until);
    if (next.pageId !== pageId || !hasOwn || !isQuick) return undefined;
    const hasMore = this.#screencast.changed(pageId, until, this.#until(i + 1));
    return hasMore ? undefined : this.#screencast.last(pageId, next.performMs);
  }

  /** Where an action's window ends: the next one performs, and what that does takes a moment. */
  #until(i: number): number {
    return (this.#actions[i + 1]?.performMs ?? Number.POSITIVE_INFINITY) + PAINT_MS;
  }

  /**
   * What the page had not painted when the next action performed: the first change after that, where another one follows
   * before the action after the next; on another page all up to its own next action.
   */
  #lateFrame(i: number, pageId: string | undefined, until: number): TraceFrame | undefined {
    const { method, performMs: from, error } = this.#actions[i]!;
    if (error !== undefined || method === "focus") return undefined; // these change nothing
    if (this.#actions[i + 1]!.pageId !== pageId) {
      const own = this.#actions.findIndex((other, j) => j > i && other.pageId === pageId);
      return this.#screencast.last(
        pageId,
        own < 0 ? Number.POSITIVE_INFINITY : this.#actions[own]!.performMs + PAINT_MS,
      );
    }
    const end = this.#until(i + 1);
    const late = this.#screencast.firstChange(pageId, until, end);
    if (!late) return undefined;
    if (method === "goto") return late; // no picture of the page before it is right
    const isItsOwn = late.shownMs <= until + LATE_MS && late.shownMs <= from + SETTLE_MS;
    return isItsOwn && this.#screencast.changed(pageId, late.shownMs, end) ? late : undefined;
  }

  /** The last picture of a page that opened meanwhile, not by the test itself. */
  #popup(action: TraceAction, from: number, until: number): TraceFrame | undefined {
    const opened = [...this.#trace.pages].filter(
      ([id, { openedMs }]) => openedMs > from && openedMs <= until && id !== action.pageId && !this.#isOwn(openedMs),
    );
    return opened.flatMap(([id]) => this.#screencast.last(id, until) ?? []).at(-1);
  }

  /** Whether the test itself asked for the page that opened then. */
  #isOwn(openedMs: number): boolean {
    return this.#newPages.some(({ startMs, endMs }) => openedMs >= startMs && openedMs <= (endMs ?? startMs));
  }

  /** The page that is seen after an action: its own, or where that was closed by it the one that opened it. */
  #pageAfter(i: number, from: number, until: number): string | undefined {
    const { pageId } = this.#actions[i]!;
    const { closedMs, openerId } = this.#trace.pages.get(pageId ?? "") ?? {};
    if (closedMs === undefined || closedMs <= from || closedMs > until || i + 1 === this.#actions.length) return pageId;
    return openerId ?? this.#actions.find((other, j) => j > i && other.pageId !== pageId)?.pageId;
  }
}
