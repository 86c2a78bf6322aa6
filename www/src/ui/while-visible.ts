/** Whether the page is visible and online. */
const isAwake = () => document.visibilityState === "visible" && navigator.onLine;

/**
 * Resolves after a pause if the page is visible and online; otherwise as soon as it becomes so. Resolves to whether it has just
 * become so. Rejects when the signal is aborted.
 */
export function pauseWhileVisible(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let isDue = false;
    const wasAsleep = !isAwake();
    let hasSlept = wasAsleep;
    const done = () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
      removeEventListener("online", look);
      signal.removeEventListener("abort", done);
      if (signal.aborted) reject(signal.reason);
      else resolve(hasSlept);
    };
    const look = () => {
      if (!isAwake()) hasSlept = true;
      else if (isDue || hasSlept) done();
    };
    const timer = setTimeout(() => {
      isDue = true;
      look();
    }, ms);
    document.addEventListener("visibilitychange", look);
    addEventListener("online", look);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
