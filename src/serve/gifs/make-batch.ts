import { type GifQueue, JOB_FORMAT } from "../queue/gif-queue.ts";
import { InProcessQueue } from "../queue/in-process-queue.ts";
import { type Log, resolveServerOptions } from "../server-options.ts";
import { readBytes, type Store } from "../stores/store.ts";
import { isOver, type Task } from "../task.ts";
import { taskService } from "../task-service.ts";
import { gifNeed } from "./gif-need.ts";
import { requestGif } from "./gif-request.ts";
import { homeFiles } from "./gif-state.ts";

/** Maximum number of unfinished jobs, whatever the number of tasks. */
const MOST_OPEN = 500;
/** Number of jobs, the oldest first, whose outcome is looked up in one round; pause between two rounds in ms. */
const ASKED = 16;
const ASK_MS = 250;
/** Interval in ms at which unfinished jobs are added again, in case the queue has lost them. */
const ADD_AGAIN_MS = 60_000;

/** Options of a batch. */
export type BatchOptions = {
  store: Store;
  /** Queue whose workers make the GIFs; by default this process makes them. */
  queue?: GifQueue | undefined;
  /** Options of the GIFs that a server accepts. */
  options: Record<string, unknown>;
  /** Worker threads for one GIF, where this process makes them. */
  workers?: number;
  log: Log;
  signal: AbortSignal;
};

/** The GIF of one task, or why there is none. */
export type BatchOutcome = { task: Task; gif?: Uint8Array<ArrayBuffer>; error?: { code: string; message: string } };

/**
 * Makes the GIF of every task in a store. GIFs that are there already are not made again, so that an interrupted batch
 * can be continued. Yields outcomes as they become known, in no particular order.
 */
export async function* makeBatch(batch: BatchOptions): AsyncGenerator<BatchOutcome> {
  const { store, options, log, signal } = batch;
  const settings = resolveServerOptions({ store, log, ...(batch.workers !== undefined && { workers: batch.workers }) });
  const { tasks, maker } = taskService(settings, signal);
  const inProcess = batch.queue ? undefined : new InProcessQueue();
  const queue = batch.queue ?? inProcess!;
  inProcess?.work(maker.run, 1);
  const open = new Map<string, Task>();
  let addedAt = performance.now();
  const outcomeOf = async (task: Task): Promise<BatchOutcome | undefined> => {
    const { isNeeded, failure } = await gifNeed(store, task);
    if (isNeeded) return undefined;
    if (failure) return { task, error: failure };
    const gif = await readBytes(store, homeFiles.gif(task));
    return gif ? { task, gif } : { task, error: { code: "EXPIRED", message: "its media have expired" } };
  };
  const add = (some: Iterable<Task>) =>
    queue.add(
      [...some].map(({ id, version }) => ({ format: JOB_FORMAT, task: id, version })),
      "background",
    );
  /** Yields outcomes of the oldest jobs until at most `most` jobs are unfinished. */
  async function* settle(most: number): AsyncGenerator<BatchOutcome> {
    while (open.size > most) {
      signal.throwIfAborted();
      let found = 0;
      for (const task of [...open.values()].slice(0, ASKED)) {
        const outcome = await outcomeOf(task);
        if (!outcome) continue;
        open.delete(task.id);
        found++;
        yield outcome;
      }
      if (found > 0) continue;
      await new Promise((next) => setTimeout(next, ASK_MS));
      if (performance.now() - addedAt < ADD_AGAIN_MS) continue;
      addedAt = performance.now();
      await add(open.values());
    }
  }
  try {
    for await (const task of tasks.all(true)) {
      if (!isOver(task.record)) {
        yield { task, error: { code: "NOT_FINISHED", message: `it is ${task.record.status ?? "not over"}` } };
        continue;
      }
      if (Object.keys(options).length > 0) await requestGif(store, task, options);
      const outcome = await outcomeOf(task);
      if (outcome) {
        yield outcome;
        continue;
      }
      yield* settle(MOST_OPEN - 1);
      open.set(task.id, task);
      await add([task]);
    }
    yield* settle(0);
  } finally {
    await inProcess?.close();
  }
}
