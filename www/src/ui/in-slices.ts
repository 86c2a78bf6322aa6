import { nextMacrotask } from "./next-macrotask.ts";

/** Longest time of a slice in ms, short enough not to be noticed on slow machines. */
const SLICE_MS = 8;
/** What a slice does at most: a browser that hides the time from pages lets its clock stand still for 100 ms. */
const SLICE_COUNT = 24;

/**
 * Does `work` for 0 to `count` - 1, a slice at a time, so that the page answers in between. The first slice is done
 * before this returns, and in any case the first `ready`, for work that takes no time. A signal that is aborted ends it.
 */
export function inSlices(count: number, work: (index: number) => void, signal: AbortSignal, ready = 0): void {
  const slices = slicesOf(count, work, ready);
  if (!slices.next().done) void goOn(slices, signal);
}

function* slicesOf(count: number, work: (index: number) => void, ready: number): Generator<void, void> {
  let [begun, until] = [0, performance.now() + SLICE_MS];
  for (let index = 0; index < count; index++) {
    if (index >= ready && (index - begun >= SLICE_COUNT || performance.now() >= until)) {
      yield;
      [begun, until] = [index, performance.now() + SLICE_MS];
    }
    work(index);
  }
}

async function goOn(slices: Generator<void, void>, signal: AbortSignal): Promise<void> {
  do {
    await nextMacrotask();
  } while (!signal.aborted && !slices.next().done);
}
