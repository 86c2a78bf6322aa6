import { describeError, TaskGifError } from "../js/errors.ts";
import type { DescribedScreenshot, Options } from "../js/types.ts";
import { takeLease } from "./lease.ts";
import type { Made, ResolvedServerOptions } from "./options.ts";
import { expire, isExpired } from "./retention.ts";
import { readBytes, writeJson } from "./store.ts";
import { type GifState, type GifWish, isOver, keys, type StoredTask, type Tasks } from "./task-store.ts";

/** Tasks that may wait in memory; what finds no room is found again by the next sweep. */
const MOST_QUEUED = 1000;
/** A task at which so many servers have ended is given up. */
const MOST_ATTEMPTS = 20;
const GIVEN_UP = new TaskGifError("GIVEN_UP", `${MOST_ATTEMPTS} servers ended while they made this GIF`);
/** What may be the machine's fault and not the task's: another time it may go well. */
const PASSING = new Set(["OUT_OF_MEMORY", "WORKER_FAILED", "WORKER_CRASHED", "WASM_FAILED", "WASM_NOT_FOUND"]);

/** Settled tasks are looked at again so often: media expire, and another server may have been asked for a GIF again. */
const HOUR_MS = 3_600_000;

/** Makes the GIFs of finished tasks, one after another, each once among all servers on the store. */
export class GifQueue {
  readonly #queued = new Set<string>();
  /** Folders in which there is nothing left to do. */
  readonly #settled = new Set<string>();
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #isInBackground = false;
  #sweptAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly settings: ResolvedServerOptions,
    private readonly tasks: Tasks,
  ) {}

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

  /** Looks through the store for tasks that are over and have no GIF yet, and for media that were kept long enough. */
  async sweep(isFull = performance.now() - this.#sweptAt > HOUR_MS): Promise<void> {
    if (isFull) {
      this.#sweptAt = performance.now();
      this.#settled.clear();
    }
    for await (const task of this.tasks.all(this.#settled)) {
      if (this.#stop.signal.aborted) return;
      if (isExpired(task, this.settings.keepDays)) await this.#expire(task);
      else if (isOver(task.record)) this.add(task.folder);
    }
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
        if (await this.#settle(folder)) this.#settled.add(folder);
      } catch (error) {
        // The store, most likely: the next sweep tries again.
        if (this.#stop.signal.aborted) break;
        this.settings.log({ event: "gif_error", folder, ms: elapsed(since), error: describeError(error) });
      }
    }
    this.#running = undefined;
  }

  async #expire(task: StoredTask): Promise<void> {
    const screenshots = await expire(this.tasks, task);
    if (screenshots !== undefined) this.settings.log({ event: "expired", task: task.id, screenshots });
    this.#settled.add(task.folder);
  }

  /** Does what is to be done for a task; resolves to whether nothing is left. */
  async #settle(folder: string): Promise<boolean> {
    const { settings, tasks } = this;
    const task = await tasks.in(folder);
    if (!task || !isOver(task.record)) return false;
    if (isExpired(task, settings.keepDays) || (await tasks.gif(folder)).isSettled) return true;
    // With fewer than two there never is a GIF.
    if ((await tasks.shots(task)).length < 2) return true;
    const lease = await takeLease(tasks.store, folder, settings.leaseMs);
    if (!lease) return false;
    let isPassing = false;
    try {
      // Whoever had the lease until now may have done it.
      const { isSettled, wish } = await tasks.gif(folder);
      if (isSettled) return true;
      const since = performance.now();
      const made = lease.attempts < MOST_ATTEMPTS ? await this.#make(task, wish) : GIVEN_UP;
      this.#stop.signal.throwIfAborted();
      const failure = made instanceof TaskGifError ? made : undefined;
      isPassing = failure !== undefined && PASSING.has(failure.code);
      if (isPassing) throw failure;
      if ("blob" in made) await tasks.store.write(keys.gif(folder), new Uint8Array(await made.blob.arrayBuffer()));
      const state: GifState = {
        state: failure ? "failed" : "ready",
        wish: wish?.id ?? null,
        made_at: new Date().toISOString(),
        ...(failure && { code: failure.code, message: failure.message }),
      };
      await writeJson(tasks.store, keys.state(folder), state, { isPassing: true });
      const told = "blob" in made ? factsOf(made) : { code: made.code };
      const event = `gif_${state.state}`;
      settings.log({ event, task: task.id, ms: elapsed(since), attempts: lease.attempts + 1, ...told });
      // It may have been asked for again meanwhile, with other options.
      return (await tasks.gif(folder)).isSettled;
    } finally {
      if (isPassing) lease.abandon();
      else await lease.release();
    }
  }

  /** The GIF, or why there cannot be one. */
  async #make(task: StoredTask, wish: GifWish | undefined): Promise<Made | TaskGifError> {
    const { assemble, workers } = this.settings;
    const options = { ...wish?.options, workers, onBadFrame: "skip", signal: this.#stop.signal } as Options;
    try {
      return await assemble(this.#screenshots(task), options);
    } catch (error) {
      if (error instanceof TaskGifError) return error;
      if (error instanceof TypeError && error.message.startsWith("options.")) {
        return new TaskGifError("BAD_OPTION", error.message);
      }
      throw error;
    }
  }

  async *#screenshots(task: StoredTask): AsyncGenerator<DescribedScreenshot> {
    const { taskBytes } = this.settings;
    const facts = await this.tasks.facts(task);
    let total = 0;
    for (const { number, file } of await this.tasks.shots(task)) {
      const bytes = await readBytes(this.tasks.store, keys.file(task.folder, file));
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
function factsOf({ blob, stats: { warnings = [], skipped = [] } = {} }: Made): Record<string, unknown> {
  return { bytes: blob.size, warnings: warnings.map(({ code }) => code), skipped: skipped.length };
}

const elapsed = (since: number) => Math.round(performance.now() - since);
