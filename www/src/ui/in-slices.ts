/** Longest time of a slice in ms, short enough not to be noticed on slow machines. */
const SLICE_MS = 8;
/**
 * Maximum number of calls per slice, for browsers whose clock has a resolution of only 100 ms to prevent
 * fingerprinting.
 */
const SLICE_COUNT = 12;
/** Longest wait for an animation frame in ms: hidden pages have none. */
const PICTURE_MS = 100;

/**
 * Does `work` for 0 to `count` - 1, a slice with each picture of the page, so that it answers in between and lays out
 * little at a time. The first `ready`, for work that takes no time, are done before this returns. A signal that is
 * aborted ends it.
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

/** Resolves when the page has been drawn once more. */
function nextPicture(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PICTURE_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      // The task after the picture, which is laid out and painted behind this.
      setTimeout(resolve);
    });
  });
}
