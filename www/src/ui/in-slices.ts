/** Maximum time of a slice in ms: not noticeable even on slow machines. */
const SLICE_MS = 8;
/**
 * Maximum number of calls per slice, for browsers whose clock has a resolution of only 100 ms to prevent
 * fingerprinting.
 */
const SLICE_COUNT = 12;
/** Longest wait for an animation frame in ms: hidden pages have none. */
const PICTURE_MS = 100;

/**
 * Calls `work` with 0 to `count` - 1, in one slice per animation frame, so that the page stays responsive and each layout is small.
 * The first `ready` calls, which must be fast, happen before this function returns. Stops if the signal is aborted.
 */
export function inSlices(count: number, work: (index: number) => void, signal: AbortSignal, ready = 0): void {
  for (let index = 0; index < Math.min(ready, count); index++) work(index);
  if (ready < count) void goOn(ready, count, work, signal);
}

async function goOn(first: number, count: number, work: (index: number) => void, signal: AbortSignal): Promise<void> {
  for (let index = first; index < count; ) {
    await nextPicture();
    if (signal.aborted) return;
    const until = performance.now() + SLICE_MS;
    for (let done = 0; index < count && done < SLICE_COUNT; done++) {
      work(index++);
      if (performance.now() >= until) break;
    }
  }
}

/** Resolves after the next paint. */
function nextPicture(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PICTURE_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      // Layout and paint follow the animation frame; this task comes after them.
      setTimeout(resolve);
    });
  });
}
