type Waiting = { nearness: () => readonly number[]; enter: () => void };

const waiting = new Set<Waiting>();
let isBusy = false;

/**
 * Resolves when it is the turn of an element to assemble: one at a time in a page, the nearest to the viewport first, so
 * that what is looked at is there soonest. The function that it resolves to ends the turn.
 */
export async function assemblyTurn(nearness: () => readonly number[], signal: AbortSignal): Promise<() => void> {
  await new Promise<void>((resolve, reject) => {
    const entry = { nearness, enter: resolve };
    waiting.add(entry);
    signal.addEventListener("abort", () => {
      if (waiting.delete(entry)) reject(signal.reason);
    });
    // All elements of a page ask before the first is chosen.
    setTimeout(next);
  });
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    // What has been made is shown before the next begins.
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
