type Waiting = { nearness: () => readonly number[]; enter: () => void };

const waiting = new Set<Waiting>();
let isBusy = false;

/**
 * Resolves when it is this element's turn to assemble. One element of a page assembles at a time, the nearest to the
 * viewport first. The function that it resolves to ends the turn.
 */
export async function assemblyTurn(nearness: () => readonly number[], signal: AbortSignal): Promise<() => void> {
  await new Promise<void>((resolve, reject) => {
    const entry = { nearness, enter: resolve };
    waiting.add(entry);
    signal.addEventListener("abort", () => {
      if (waiting.delete(entry)) reject(signal.reason);
    });
    // Wait until all elements of the page are in the queue.
    setTimeout(next);
  });
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    // The finished replay is drawn before the next assembly starts.
    setTimeout(() => {
      isBusy = false;
      next();
    });
  };
}

function next(): void {
  if (isBusy || waiting.size === 0) return;
  const places = new Map([...waiting].map((entry) => [entry, entry.nearness()]));
  const [nearest] = [...waiting].sort((a, b) => compare(places.get(a)!, places.get(b)!));
  waiting.delete(nearest!);
  isBusy = true;
  nearest!.enter();
}

/** Compares the first numbers that differ. */
function compare(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, index) => value !== b[index]);
  return i < 0 ? 0 : a[i]! - b[i]!;
}
