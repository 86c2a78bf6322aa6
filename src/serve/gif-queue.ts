import { describeError, TaskGifError } from "../js/errors.ts";
import { fetchBlob, toBlob } from "../js/sources/to-blob.ts";
import { oneLine } from "../js/task-records/json-fields.ts";
import { statusOf } from "../js/task-records/task-facts.ts";
import type { DescribedScreenshot, Options } from "../js/types.ts";
import { type GifState, type GifWish, homeFiles, leastShots, readGifFacts } from "./gif-state.ts";
import { takeLease } from "./lease.ts";
import type { Made, ResolvedServerOptions } from "./options.ts";
import { HOMES } from "./records/record-task.ts";
import { expire, isExpired } from "./retention.ts";
import { writeJson } from "./stores/store.ts";
import { isOver, type Task } from "./task.ts";
import type { Tasks } from "./tasks.ts";

/** Tasks that may wait in memory; what finds no room is found again by the next sweep. */
const MOST_QUEUED = 1000;
/** A task at which so many servers have ended is given up. */
const MOST_ATTEMPTS = 20;
const GIVEN_UP = new TaskGifError("GIVEN_UP", `${MOST_ATTEMPTS} servers ended while they made this GIF`);
/** Screenshots that were left out, of which the log says why. */
const MOST_REASONS = 5;
/** What may be the machine's fault and not the task's: another time it may go well. */
const PASSING = new Set(["OUT_OF_MEMORY", "WORKER_FAILED", "WORKER_CRASHED", "WASM_FAILED", "WASM_NOT_FOUND"]);

/** Settled tasks are looked at again so often: media expire, and another server may have been asked for a GIF again. */
const HOUR_MS = 3_600_000;

/** Makes the GIFs of finished tasks, one after another, each once among all servers on the store. */
export class GifQueue {
  readonly #queued = new Set<string>();
  /** Tasks for which there is nothing left to do, with the version for which that is so. */
  readonly #settled = new Map<string, string | null>();
  /** What was said of tasks that have no GIF. */
  readonly #told = new Map<string, string>();
  #running: Promise<void> | undefined;
  #isInBackground = false;
  #sweptAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly settings: ResolvedServerOptions,
    private readonly tasks: Tasks,
    /** Aborted when the server stops. */
    private readonly signal: AbortSignal,
  ) {}

  /** How many tasks wait. */
  get length(): number {
    return this.#queued.size;
  }

  /** Looks at a task soon; there may be a GIF to be made. `again`: although there was nothing left to do. */
  add({ id, version }: Task, again = false): void {
    if (again) this.#settled.delete(id);
    if (this.#settled.get(id) === version || this.signal.aborted || this.#queued.size >= MOST_QUEUED) return;
    this.#queued.add(id);
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
    const records = new Set<string>();
    for await (const task of this.tasks.all(this.#settled, isFull)) {
      if (this.signal.aborted) return;
      if (!task.isUploaded) records.add(task.id);
      if (isExpired(task, this.settings.keepDays)) await this.#expire(task);
      else if (isOver(task.record)) this.add(task);
      else this.#tellStatus(task);
    }
    if (isFull) await this.#removeOthers(records);
  }

  /** Does what has been added; resolves when nothing is left. */
  async work(): Promise<void> {
    this.#begin();
    while (this.#running) await this.#running;
  }

  /** Resolves when nothing is done any more, once the signal is aborted; another server makes what was begun. */
  async stopped(): Promise<void> {
    this.#queued.clear();
    await this.#running;
  }

  #begin(): void {
    if (this.#queued.size > 0) this.#running ??= this.#run();
  }

  async #run(): Promise<void> {
    for (const id of this.#queued) {
      this.#queued.delete(id);
      try {
        const task = await this.tasks.find(id);
        if (task && (await this.#settle(task))) this.#settled.set(id, task.version);
      } catch (error) {
        // The store, most likely: the next sweep tries again.
        if (this.signal.aborted) break;
        this.#tell("gif_error", { id }, { error: describeError(error) });
      }
    }
    this.#running = undefined;
  }

  async #expire(task: Task): Promise<void> {
    const screenshots = await expire(this.tasks.store, task);
    if (screenshots !== undefined) this.settings.log({ event: "expired", task: task.id, screenshots });
    this.#settled.set(task.id, task.version);
  }

  /** Does what is to be done for a task; resolves to whether nothing is left. */
  async #settle(task: Task): Promise<boolean> {
    const { settings } = this;
    const { store } = this.tasks;
    if (!isOver(task.record)) return false;
    if (isExpired(task, settings.keepDays) || (await this.#isSettled(task))) return true;
    const lease = await takeLease(store, task.home, settings.leaseMs);
    if (!lease) return false;
    let isPassing = false;
    try {
      // Whoever had the lease until now may have done it.
      if (await this.#isSettled(task)) return true;
      const { wish } = await readGifFacts(store, task);
      const since = performance.now();
      const made = lease.attempts < MOST_ATTEMPTS ? await this.#make(task, wish) : GIVEN_UP;
      this.signal.throwIfAborted();
      const failure = made instanceof TaskGifError ? made : undefined;
      isPassing = failure !== undefined && PASSING.has(failure.code);
      if (isPassing) throw failure;
      if ("blob" in made) await store.write(homeFiles.gif(task), new Uint8Array(await made.blob.arrayBuffer()));
      const state: GifState = {
        state: failure ? "failed" : "ready",
        wish: wish?.id ?? null,
        ...(task.version !== null && { version: task.version }),
        made_at: new Date().toISOString(),
        ...(failure && { code: failure.code, message: failure.message }),
      };
      await writeJson(store, homeFiles.state(task), state, { isPassing: true });
      this.tasks.changes.announce(task.id);
      const facts = { ms: elapsed(since), attempts: lease.attempts + 1 };
      if (failure) this.#tell("gif_failed", task, { code: failure.code, message: oneLine(failure.message) }, facts);
      else if ("blob" in made) settings.log({ event: "gif_ready", task: task.id, ...facts, ...factsOf(made) });
      // It may have been asked for again meanwhile, with other options.
      return (await readGifFacts(store, task)).isSettled;
    } finally {
      if (isPassing) lease.abandon();
      else await lease.release();
    }
  }

  /** Whether there is a GIF, or none can be made, which is said. */
  async #isSettled(task: Task): Promise<boolean> {
    const { isSettled, state, wish } = await readGifFacts(this.tasks.store, task);
    if (isSettled) {
      const { state: ended, code = "FAILED", message = "" } = state!;
      if (ended === "failed") this.#tell("gif_failed", task, { code, message: oneLine(message) });
      return true;
    }
    const least = leastShots(wish);
    const { length } = await task.shots();
    if (length >= least) return false;
    const message = `expected at least ${least} screenshots, found ${length}`;
    this.#tell("gif_failed", task, { code: "TOO_FEW_SCREENSHOTS", message });
    return true;
  }

  /** A status that is none of the API's nor another word for one: nobody knows whether the task is over. */
  #tellStatus(task: Task): void {
    const { status = "" } = task.record;
    if (statusOf(status) !== undefined) return;
    const message = `expected a status such as "running", "finished" or "failed", found ${JSON.stringify(oneLine(status))}`;
    this.#tell("gif_failed", task, { code: "UNKNOWN_STATUS", message });
  }

  /** Says why a task has no GIF, once for each reason. */
  #tell(event: string, { id }: Pick<Task, "id">, reason: Record<string, string>, facts: Record<string, number> = {}) {
    const told = JSON.stringify([event, reason]);
    if (this.#told.get(id) === told) return;
    this.#told.set(id, told);
    this.settings.log({ event, task: id, ...facts, ...reason });
  }

  /** Removes what was made for records that are no longer there. */
  async #removeOthers(records: ReadonlySet<string>): Promise<void> {
    const { store } = this.tasks;
    for (const name of await store.list(HOMES)) {
      const id = name.replace(/\/$/, "");
      if (records.has(id) || this.signal.aborted) continue;
      for (const file of await store.list(`${HOMES}/${id}`)) await store.write(`${HOMES}/${id}/${file}`, null);
    }
  }

  /** The GIF, or why there cannot be one. */
  async #make(task: Task, wish: GifWish | undefined): Promise<Made | TaskGifError> {
    const { assemble, workers, taskBytes } = this.settings;
    const options = { ...wish?.options, workers, onBadFrame: "skip", signal: this.signal } as Options;
    try {
      return await assemble(withinBytes(task.screenshots(), taskBytes), options);
    } catch (error) {
      if (error instanceof TaskGifError) return error;
      if (error instanceof TypeError && error.message.startsWith("options.")) {
        return new TaskGifError("BAD_OPTION", error.message);
      }
      throw error;
    }
  }
}

/** The same, its pictures read one after another, up to so many bytes of them. */
async function* withinBytes(
  screenshots: AsyncIterable<DescribedScreenshot>,
  mostBytes: number,
): AsyncGenerator<DescribedScreenshot> {
  let total = 0;
  for await (const screenshot of screenshots) {
    const image = await Promise.resolve(toBlob(screenshot.image, "image", fetchBlob)).catch((error: unknown) => {
      // What cannot be read is a bad frame, which the assembly leaves out and reports.
      return () => Promise.reject(error);
    });
    if (image instanceof Blob) total += image.size;
    if (total > mostBytes) {
      throw new TaskGifError("LIMIT_EXCEEDED", `expected screenshots of ${mostBytes} bytes together, found more`);
    }
    yield { ...screenshot, image };
  }
}

/** What the log says of a GIF: its size, and what is not in it. */
function factsOf({ blob, stats: { warnings = [], skipped = [] } = {} }: Made): Record<string, unknown> {
  const reasons = skipped.slice(0, MOST_REASONS).map(({ error }) => oneLine(error.message));
  return {
    bytes: blob.size,
    warnings: warnings.map(({ code }) => code),
    skipped: skipped.length,
    ...(reasons.length > 0 && { reasons }),
  };
}

const elapsed = (since: number) => Math.round(performance.now() - since);
