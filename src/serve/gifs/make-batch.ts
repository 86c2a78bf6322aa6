import { type GifQueue, JOB_FORMAT } from "../queue/gif-queue.ts";
import { InProcessQueue } from "../queue/in-process-queue.ts";
import { type Log, resolveServerOptions } from "../server-options.ts";
import { readBytes, type Store } from "../stores/store.ts";
import { isOver, type Task } from "../task.ts";
import { taskService } from "../task-service.ts";
import { gifNeed } from "./gif-need.ts";
import { requestGif } from "./gif-request.ts";
import { homeFiles } from "./gif-state.ts";

/** Jobs that are open at the same time, whatever the number of tasks. */
const MOST_OPEN = 500;
/** Of these, the oldest that are asked after. */
const ASKED = 16;
const ASK_MS = 250;
/** How often open jobs are added again, should the queue have lost them. */
const ADD_AGAIN_MS = 60_000;

/** What to make GIFs of, and where. */
export type BatchOptions = {
  store: Store;
  /** Where workers take the jobs from; default: this process makes the GIFs. */
  queue?: GifQueue | undefined;
  /** Options of the GIFs that a server accepts. */
  options: Record<string, unknown>;
  /** Worker threads for one GIF, where this process makes them. */
  workers?: number;
  log: Log;
  signal: AbortSignal;
};

/** What became of a task. */
export type BatchOutcome = { task: Task; gif?: Uint8Array<ArrayBuffer>; error?: { code: string; message: string } };

/**
 * Makes a GIF of every task in a store, each once: what is made already is not made again, so that a batch that broke off
 * goes on where it was. Gives an outcome as soon as it is known, in no order.
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
  /** Gives what is known of the oldest jobs, until at most so many are open. */
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
