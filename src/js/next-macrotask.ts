type Scheduling = {
  scheduler?: { yield?: () => Promise<void> };
  setImmediate?: (run: () => void) => void;
};

/**
 * Resolves in a task of its own, so that a page draws and answers in between. Not by a timer, which waits for a second
 * in a page that nobody looks at.
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
