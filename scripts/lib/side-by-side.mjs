// Runs things side by side where they do not get into each other's way.

/**
 * Runs `run(item)` for each of `items`, at most `most` at once. They start in their order, except that an item whose lock is
 * taken lets those behind it go first. `lock`: two items with the same one never run at once.
 */
export async function runSideBySide(items, most, run) {
  const waiting = [...items];
  const running = new Map();
  const isFree = ({ lock }) => !lock || ![...running.values()].some((other) => other.lock === lock);
  while (waiting.length > 0 || running.size > 0) {
    const next = running.size < most ? waiting.findIndex(isFree) : -1;
    if (next === -1) {
      await Promise.race(running.keys());
      continue;
    }
    const [item] = waiting.splice(next, 1);
    const ended = run(item).finally(() => running.delete(ended));
    running.set(ended, item);
  }
}
