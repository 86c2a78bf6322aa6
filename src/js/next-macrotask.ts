type Scheduling = {
  scheduler?: { yield?: () => Promise<void> };
  setImmediate?: (run: () => void) => void;
};

/**
 * Resolves in a new task, so that a page can draw and handle input in between. Uses no timer, since browsers delay timers of hidden
 * pages by a second.
 */
export function nextMacrotask(): Promise<void> {
  const { scheduler, setImmediate } = globalThis as Scheduling;
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    if (setImmediate) return setImmediate(resolve);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
