import { describeError, TaskGifError } from "../../js/errors.ts";
import type { DescribedScreenshot, Options, Report } from "../../js/types.ts";
import { Lease, type LeaseTimes } from "./lease.ts";
import { isExpired } from "./retention.ts";
import { readBytes, type Store, writeJson } from "./store.ts";
import {
  factsOf,
  type GifState,
  type GifWish,
  gifOf,
  isOver,
  keys,
  type StoredTask,
  shotsOf,
  type TaskFinder,
} from "./tasks.ts";

/** What is made: the GIF, and what was wished for and is not in it. */
export type Made = {
  /** The file. */
  blob: Blob;
  /** What could not be done, which goes into the log. */
  report?: Partial<Pick<Report, "warnings" | "skipped">>;
};

/** Makes a GIF; `assembleGif` by default. */
export type Assemble = (screenshots: AsyncIterable<DescribedScreenshot>, options: Options) => Promise<Made>;

/** Tells what happens, as fields of one line. */
export type Log = (event: Record<string, unknown>) => void;

/** What a queue works with. */
export type QueueParts = {
  store: Store;
  finder: TaskFinder;
  assemble: Assemble;
  log: Log;
  /** Worker threads for one GIF. */
  workers: number;
  /** Most bytes of all screenshots of a task together. */
  taskBytes: number;
  /** How long media are kept; of what is older there is no GIF to be made. */
  keepMs: number;
  times: LeaseTimes;
};

/** Tasks that may wait in memory; what finds no room is found again by the next sweep. */
const MOST_QUEUED = 1000;
/** A task at which so many servers have ended is given up. */
const MOST_ATTEMPTS = 20;
/** What may be the machine's fault and not the task's: another time it may go well. */
const PASSING = new Set(["OUT_OF_MEMORY", "WORKER_FAILED", "WORKER_CRASHED", "WASM_FAILED", "WASM_NOT_FOUND"]);

/** Makes the GIFs of finished tasks, one after another, each once among all servers on the store. */
export class GifQueue {
  readonly #owner = crypto.randomUUID();
  readonly #queued = new Set<string>();
  /** Folders in which there is nothing left to do. */
  readonly #settled = new Set<string>();
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #isInBackground = false;

  constructor(private readonly parts: QueueParts) {}

  /** How many tasks wait. */
  get length(): number {
    return this.#queued.size;
  }

  /** Looks at a task soon; there may be a GIF to be made. `again`: although there was nothing left to do. */
  add(folder: string, again = false): void {
    if (again) this.#settled.delete(folder);
    if (this.#settled.has(folder) || this.#stop.signal.aborted || this.#queued.size >= MOST_QUEUED) return;
    this.#queued.add(folder);
    if (this.#isInBackground) this.#begin();
  }

  /** Works by itself from now on, whenever something is added. */
  start(): void {
    this.#isInBackground = true;
    this.#begin();
  }

  /** Looks through the store for tasks that are over and have no GIF yet. */
  async sweep(): Promise<void> {
    for await (const { folder, record } of this.parts.finder.all(this.#settled)) {
      if (this.#stop.signal.aborted) return;
      if (isOver(record)) this.add(folder);
    }
  }

  /** Forgets which tasks are settled: another server may have been asked for a GIF again, and have ended. */
  lookAgain(): void {
    this.#settled.clear();
  }

  /** Does what has been added; resolves when nothing is left. */
  async work(): Promise<void> {
    this.#begin();
    while (this.#running) await this.#running;
  }

  /** Gives up what is being made; another server, or this one started again, will make it. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#queued.clear();
    await this.#running;
  }

  #begin(): void {
    if (this.#queued.size > 0) this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    for (const folder of this.#queued) {
      this.#queued.delete(folder);
      const since = performance.now();
      try {
        const outcome = await this.#settle(folder);
        if (outcome === "settled") this.#settled.add(folder);
      } catch (error) {
        // The store, most likely: the next sweep tries again.
        if (this.#stop.signal.aborted) break;
        this.parts.log({ event: "gif_error", folder, ms: elapsed(since), error: describeError(error) });
      }
    }
    this.#running = undefined;
  }

  async #settle(folder: string): Promise<"settled" | "later"> {
    const { store, finder, times, keepMs, log } = this.parts;
    const task = await finder.in(folder);
    if (!task || !isOver(task.record)) return "later";
    if (isExpired(task, keepMs) || (await gifOf(store, folder)).isSettled) return "settled";
    const names = await store.list(folder);
    // With fewer than two there never is a GIF.
    if (shotsOf(task, names).length < 2) return "settled";
    const lease = await Lease.take(store, folder, this.#owner, times);
    if (!lease) return "later";
    let isPassing = false;
    try {
      // Whoever had the lease until now may have done it.
      const { isSettled, wish } = await gifOf(store, folder);
      if (isSettled) return "settled";
      const since = performance.now();
      const result = lease.attempts >= MOST_ATTEMPTS ? givenUp() : await this.#make(task, names, wish);
      this.#stop.signal.throwIfAborted();
      const failure = result instanceof TaskGifError ? result : undefined;
      isPassing = failure !== undefined && PASSING.has(failure.code);
      if (isPassing) throw failure;
      if ("blob" in result) await store.write(keys.gif(folder), new Uint8Array(await result.blob.arrayBuffer()));
      const state: GifState = {
        state: failure ? "failed" : "ready",
        wish: wish?.id ?? null,
        made_at: new Date().toISOString(),
        ...(failure && { code: failure.code, message: failure.message }),
      };
      await writeJson(store, keys.state(folder), state, { isPassing: true });
      const told = "blob" in result ? factsOfGif(result) : { code: result.code };
      log({ event: `gif_${state.state}`, task: task.id, ms: elapsed(since), attempts: lease.attempts + 1, ...told });
      // It may have been asked for again meanwhile, with other options.
      return (await gifOf(store, folder)).isSettled ? "settled" : "later";
    } finally {
      if (isPassing) lease.abandon();
      else await lease.release();
    }
  }

  /** The GIF, or why there cannot be one. */
  async #make(task: StoredTask, names: readonly string[], wish: GifWish | undefined): Promise<Made | TaskGifError> {
    const { assemble, workers } = this.parts;
    const options = { ...wish?.options, workers, onBadFrame: "skip", signal: this.#stop.signal } as Options;
    try {
      return await assemble(this.#screenshots(task, names), options);
    } catch (error) {
      if (error instanceof TaskGifError) return error;
      if (error instanceof TypeError && error.message.startsWith("options.")) {
        return new TaskGifError("BAD_OPTION", error.message);
      }
      throw error;
    }
  }

  async *#screenshots(task: StoredTask, names: readonly string[]): AsyncGenerator<DescribedScreenshot> {
    const { store, taskBytes } = this.parts;
    const facts = await factsOf(store, task, names);
    let total = 0;
    for (const { number, file } of shotsOf(task, names)) {
      const bytes = await readBytes(store, keys.file(task.folder, file));
      if (!bytes) continue;
      total += bytes.length;
      if (total > taskBytes) {
        throw new TaskGifError("LIMIT_EXCEEDED", `expected screenshots of ${taskBytes} bytes together, found more`);
      }
      const { next_goal, url, finished_at } = facts.get(number) ?? {};
      const timestampMs = typeof finished_at === "string" ? Date.parse(finished_at) : Number.NaN;
      yield {
        image: new Blob([bytes]),
        number,
        ...(typeof next_goal === "string" && { caption: next_goal }),
        ...(typeof url === "string" && { url }),
        ...(Number.isFinite(timestampMs) && { timestampMs }),
      };
    }
  }
}

/** What the log says of a GIF: its size, and what is not in it. */
function factsOfGif({ blob, report: { warnings = [], skipped = [] } = {} }: Made): Record<string, unknown> {
  return {
    bytes: blob.size,
    ...(warnings.length > 0 && { warnings: warnings.map(({ code }) => code) }),
    ...(skipped.length > 0 && { skipped: skipped.length }),
  };
}

function givenUp(): TaskGifError {
  return new TaskGifError("GIVEN_UP", `${MOST_ATTEMPTS} servers ended while they made this GIF`);
}

const elapsed = (since: number) => Math.round(performance.now() - since);
