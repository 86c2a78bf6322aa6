// Runs things side by side where they do not get into each other's way.

/**
 * Runs `run(item)` for each of `items`, at most `most` at once. They start in their order, except that an item whose lock is
 * taken lets those behind it go first. `lock`: two items with the same one never run at once. `alone`: nothing else runs
 * beside it, and nothing behind it starts before it.
 */
export async function runSideBySide(items, most, run) {
  const waiting = [...items];
  const running = new Map();
  const canStart = ({ alone, lock }) => {
    const others = [...running.values()];
    if (others.some((other) => other.alone || (lock && other.lock === lock))) return false;
    return alone ? others.length === 0 : others.length < most;
  };
  while (waiting.length > 0 || running.size > 0) {
    const firstAlone = waiting.findIndex(({ alone }) => alone);
    const ahead = firstAlone === -1 ? waiting : waiting.slice(0, firstAlone + 1);
    // What runs alone waits for all in front of it.
    const next = ahead.findIndex((item, place) => (item.alone ? place === 0 : true) && canStart(item));
    if (next === -1) {
      await Promise.race(running.keys());
      continue;
    }
    const [item] = waiting.splice(next, 1);
    const ended = run(item).finally(() => running.delete(ended));
    running.set(ended, item);
  }
}
