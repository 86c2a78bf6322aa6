type Waiting = { distance: () => number; enter: () => void };

const waiting = new Set<Waiting>();
let isBusy = false;

/**
 * Resolves when it is the turn of an element to assemble: one at a time in a page, the nearest to the viewport first, so
 * that what is looked at is there soonest. The function that it resolves to ends the turn.
 */
export async function assemblyTurn(distance: () => number, signal: AbortSignal): Promise<() => void> {
  await new Promise<void>((resolve, reject) => {
    const entry = { distance, enter: resolve };
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
  const distances = new Map([...waiting].map((entry) => [entry, entry.distance()]));
  const [nearest] = [...waiting].sort((a, b) => distances.get(a)! - distances.get(b)!);
  waiting.delete(nearest!);
  isBusy = true;
  nearest!.enter();
}
