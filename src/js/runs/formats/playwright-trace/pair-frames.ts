import { isFailedStep, kindOfAction } from "./action-kind.ts";
import { inferPages } from "./infer-pages.ts";
import { Screencast } from "./screencast.ts";
import type { Trace, TraceAction, TraceFrame } from "./trace.ts";

/**
 * Pairs actions with pictures. The picture of an action is the last one of its page before the next action performs. Neither the start
 * nor the end of the call is the right time: a click first waits for its element, and its effect is often painted after its end.
 */

/** A step of the replay. */
export type TraceStep = {
  action: TraceAction;
  /** Absent if the screencast has no picture of the page yet. */
  frame?: TraceFrame;
};

/** Minimum time in ms from an input to a picture of its effect: the page has to handle the input and to paint. */
const PAINT_MS = 8;
/** Delay in ms that pictures may have on a busy machine. */
const LATE_MS = 60;
/** Maximum time in ms from an action to the picture of its effect; later changes have another cause. */
const SETTLE_MS = 400;

/** Returns the steps of a trace in the order in which they performed, each with its picture. */
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

/** An action with the time at which it performed, known or guessed. */
type TimedAction = TraceAction & { performMs: number };

/**
 * Returns when an action performs. A failed action has no effect before its end. An action that waits for an element
 * and logs no more ends soon after. The log of format 3 has no times: there, the start was right most often.
 */
function performed({ performMs, startMs, endMs, method, params, error }: TraceAction, version: number): number {
  if (method === "goto") return startMs; // the page may be seen before the log says that it is on its way
  if (performMs !== undefined) return performMs;
  const waits = error !== undefined || (version > 3 && params.selector !== undefined);
  return waits && endMs !== undefined ? endMs : startMs;
}

/** Pairs ordered actions with the pictures between them. */
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

  /** Returns each action with its picture. */
  all(): TraceStep[] {
    return this.#actions.map((action, i) => {
      const frame = this.#frameOf(i);
      return { action, ...(frame && { frame }) };
    });
  }

  /**
   * Whether a script, or a part of a gesture, is a step: it opened a window, or the page changed after it and had not
   * changed since the action before.
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
   * Returns the picture at the time of the next action, if that follows within `PAINT_MS`: both actions changed the
   * page, and only the change painted in between belongs to this one.
   */
  #earlierFrame(i: number, pageId: string | undefined, until: number): TraceFrame | undefined {
    const next = this.#actions[i + 1]!;
    const hasOwn = this.#screencast.changed(pageId, this.#actions[i]!.performMs + PAINT_MS, next.performMs);
    const isQuick = this.#screencast.changed(pageId, next.performMs, until);
    if (next.pageId !== pageId || !hasOwn || !isQuick) return undefined;
    const hasMore = this.#screencast.changed(pageId, until, this.#until(i + 1));
    return hasMore ? undefined : this.#screencast.last(pageId, next.performMs);
  }

  /**
   * Returns when the window of an action ends: shortly after the next action performs, before that one can have an
   * effect.
   */
  #until(i: number): number {
    return (this.#actions[i + 1]?.performMs ?? Number.POSITIVE_INFINITY) + PAINT_MS;
  }

  /**
   * Returns an effect that was painted only after the next action performed: the first change after it, if another
   * change follows before the action after the next. On another page, all changes up to that page's next action count.
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

  /** Returns the last picture of a page that opened in the window, but not by the test itself. */
  #popup(action: TraceAction, from: number, until: number): TraceFrame | undefined {
    const opened = [...this.#trace.pages].filter(
      ([id, { openedMs }]) => openedMs > from && openedMs <= until && id !== action.pageId && !this.#isOwn(openedMs),
    );
    return opened.flatMap(([id]) => this.#screencast.last(id, until) ?? []).at(-1);
  }

  /** Whether the test itself opened this page. */
  #isOwn(openedMs: number): boolean {
    return this.#newPages.some(({ startMs, endMs }) => openedMs >= startMs && openedMs <= (endMs ?? startMs));
  }

  /** Returns the page that is visible after an action: its own, or, if the action closed that, its opener. */
  #pageAfter(i: number, from: number, until: number): string | undefined {
    const { pageId } = this.#actions[i]!;
    const { closedMs, openerId } = this.#trace.pages.get(pageId ?? "") ?? {};
    if (closedMs === undefined || closedMs <= from || closedMs > until || i + 1 === this.#actions.length) return pageId;
    return openerId ?? this.#actions.find((other, j) => j > i && other.pageId !== pageId)?.pageId;
  }
}
