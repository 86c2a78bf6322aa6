/** Options of `mapInOrder`. */
export type MapInOrderOptions = {
  /** Maximum number of calls at the same time, results that wait to be consumed included. */
  concurrency: number;
  /** Whether failed items are left out. */
  skip: boolean;
  /** Aborts the calls. */
  signal: AbortSignal | undefined;
};

/**
 * Yields the results of `work` in the order of the items, with a few calls running concurrently. If the consumer stops
 * early, the running calls are aborted.
 */
export async function* mapInOrder<Item, Result>(
  items: readonly Item[],
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
  { concurrency, skip, signal }: MapInOrderOptions,
): AsyncGenerator<Result> {
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener("abort", abort, { once: true });
  const running: Promise<{ result: Result } | { error: unknown }>[] = [];
  const start = (item: Item) =>
    work(item, controller.signal).then(
      (result) => ({ result }),
      (error: unknown) => ({ error }),
    );
  let next = 0;
  try {
    for (let taken = 0; taken < items.length; taken++) {
      while (next < items.length && next < taken + concurrency) running[next] = start(items[next++]!);
      const outcome = await running[taken]!;
      delete running[taken];
      signal?.throwIfAborted();
      if ("result" in outcome) yield outcome.result;
      else if (!skip) throw outcome.error;
    }
  } finally {
    signal?.removeEventListener("abort", abort);
    controller.abort();
  }
}
