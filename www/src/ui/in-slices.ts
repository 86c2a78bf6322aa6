/** How long a slice may keep the page busy: well below what a person notices, on slow machines too. */
const SLICE_MS = 8;

/**
 * Does `work` for 0 to `count` - 1, a slice at a time, so that the page answers in between. The first `eager` are done
 * before this returns: as many as are in view. A signal that is aborted ends it.
 */
export function inSlices(count: number, eager: number, work: (index: number) => void, signal: AbortSignal): void {
  const ready = Math.min(eager, count);
  for (let index = 0; index < ready; index++) work(index);
  if (ready < count) void goOn(ready, count, work, signal);
}

async function goOn(from: number, count: number, work: (index: number) => void, signal: AbortSignal): Promise<void> {
  let until = 0;
  for (let index = from; index < count; index++) {
    if (performance.now() >= until) {
      await nextTask();
      until = performance.now() + SLICE_MS;
    }
    if (signal.aborted) return;
    work(index);
  }
}

type Scheduling = { scheduler?: { yield?: () => Promise<void> } };

/** Lets the browser draw and take input. */
function nextTask(): Promise<void> {
  const { scheduler } = globalThis as Scheduling;
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}
