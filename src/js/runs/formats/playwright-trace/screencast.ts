import type { TraceFrame } from "./trace.ts";

/** The pictures of a trace by page and time. An unknown page means all pages. */
export class Screencast {
  /** Pictures in the order in which they were shown. */
  readonly #all: readonly TraceFrame[];
  readonly #byPage = new Map<string, TraceFrame[]>();

  constructor(frames: readonly TraceFrame[]) {
    this.#all = [...frames].sort((a, b) => a.shownMs - b.shownMs);
    for (const frame of this.#all) {
      const ofPage = this.#byPage.get(frame.pageId);
      if (ofPage) ofPage.push(frame);
      else this.#byPage.set(frame.pageId, [frame]);
    }
  }

  /** Returns the last picture shown at or before a time. */
  last(pageId: string | undefined, untilMs: number): TraceFrame | undefined {
    const frames = this.#of(pageId);
    return frames[countUntil(frames, untilMs) - 1];
  }

  /** Whether the picture changed between `fromMs` and `untilMs`. */
  changed(pageId: string | undefined, fromMs: number, untilMs: number): boolean {
    return this.firstChange(pageId, fromMs, untilMs) !== undefined;
  }

  /** Returns the first changed picture in (`fromMs`, `untilMs`]. */
  firstChange(pageId: string | undefined, fromMs: number, untilMs: number): TraceFrame | undefined {
    const frames = this.#of(pageId);
    const start = countUntil(frames, fromMs);
    for (let i = start; i < frames.length && frames[i]!.shownMs <= untilMs; i++) {
      if (!isRepeat(frames[i - 1], frames[i]!)) return frames[i];
    }
    return undefined;
  }

  #of(pageId: string | undefined): readonly TraceFrame[] {
    return pageId === undefined ? this.#all : (this.#byPage.get(pageId) ?? []);
  }
}

/** Whether two pictures are equal, by their number of bytes: equal pages give equal files. */
function isRepeat(a: TraceFrame | undefined, b: TraceFrame): boolean {
  return a !== undefined && a.pageId === b.pageId && a.bytes === b.bytes;
}

/** Returns the number of pictures shown at or before a time. */
function countUntil(frames: readonly TraceFrame[], untilMs: number): number {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (frames[middle]!.shownMs <= untilMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
