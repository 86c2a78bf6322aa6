// A clock that stands still until it is told to go on; takes the place of the host's timers and `Date.now`.

/** Puts the clock in place. */
export function installClock() {
  const { setTimeout, clearTimeout } = globalThis;
  const { now: realNow } = Date;
  const started = realNow();
  const timers = new Map();
  let now = started;
  let count = 0;
  globalThis.setTimeout = (callback, ms = 0, ...args) => {
    // Node's own fetch takes its timers from here too; its connections live in real time.
    if (new Error().stack.includes("node:internal/deps/")) return setTimeout(callback, ms, ...args);
    timers.set(++count, { at: now + Math.max(0, ms), run: () => callback(...args) });
    return count;
  };
  globalThis.clearTimeout = (id) => {
    if (!timers.delete(id)) clearTimeout(id);
  };
  Date.now = () => now;
  return {
    /** Time that has passed. */
    passed: () => now - started,
    /** Goes on to the next timer and runs it; false if there is none. */
    next() {
      const [id, timer] = [...timers].reduce((a, b) => (a && a[1].at <= b[1].at ? a : b), undefined) ?? [];
      if (!timer) return false;
      timers.delete(id);
      now = Math.max(now, timer.at);
      timer.run();
      return true;
    },
    /** Gives the host its own timers back. */
    uninstall() {
      Object.assign(globalThis, { setTimeout, clearTimeout });
      Date.now = realNow;
    },
  };
}
