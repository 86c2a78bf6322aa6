import type { DescribedScreenshot, Options } from "../../js/public-types.ts";
import { fetchBlob, toBlob } from "../../js/sources/to-blob.ts";
import { describeError, TaskGifError } from "../../js/task-gif-error.ts";
import { oneLine } from "../../js/task-records/json-fields.ts";
import type { Metrics } from "../metrics.ts";
import type { GifJob, RunJob } from "../queue/gif-queue.ts";
import type { PendingTasks } from "../queue/pending-tasks.ts";
import { isRetried, MOST_TRIES } from "../queue/retry-policy.ts";
import { isExpired } from "../retention.ts";
import type { AssembledGif, ResolvedMakerOptions } from "../server-options.ts";
import { writeJson } from "../stores/store.ts";
import { isOver, type Task } from "../task.ts";
import type { Tasks } from "../tasks.ts";
import { readUploadedTask, removeFiles } from "../uploads/uploaded-task.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";
import type { FailureLog } from "./failure-log.ts";
import { gifNeed } from "./gif-need.ts";
import { type GifRequest, type GifState, homeFiles, readGifFacts } from "./gif-state.ts";
import { posterOf } from "./poster.ts";

const GIVEN_UP = new TaskGifError("GIVEN_UP", `${MOST_TRIES} processes ended while they made this GIF`);
/** Maximum number of skipped screenshots whose reason is logged. */
const MOST_REASONS = 5;

/** Runs GIF jobs: makes the GIF of a task and stores it. */
export class GifMaker {
  constructor(
    private readonly settings: ResolvedMakerOptions,
    private readonly tasks: Tasks,
    private readonly pending: PendingTasks,
    private readonly failures: FailureLog,
    private readonly metrics: Metrics,
    private readonly webhooks: Webhooks | undefined,
  ) {}

  /** Runs a job. Does nothing if its GIF is there already. */
  readonly run: RunJob = async (job, signal) => {
    try {
      return await this.#run(job, signal);
    } catch (error) {
      if (!signal.aborted) {
        this.metrics.gifs("retried");
        this.failures.tell("gif_error", job.task, { error: describeError(error) });
      }
      throw error;
    }
  };

  async #run({ task: id, version }: GifJob, signal: AbortSignal): ReturnType<RunJob> {
    const { settings, pending } = this;
    const { store } = settings;
    const task = await this.tasks.find(id, version);
    const isWanted = task && isOver(task.record) && !isExpired(task, settings.keepDays);
    const need = isWanted ? await gifNeed(store, task) : undefined;
    if (!task || !need?.isNeeded) {
      if (need?.failure) this.failures.tell("gif_failed", id, need.failure);
      if (need) await this.webhooks?.announce(id);
      await pending.remove(id);
      return undefined;
    }
    const starts = (await pending.tries(id)) + 1;
    await pending.setTries(id, starts);
    const since = performance.now();
    let made: AssembledGif | TaskGifError;
    try {
      made = starts > MOST_TRIES ? GIVEN_UP : await this.#make(task, need.request, signal);
      signal.throwIfAborted();
    } catch (error) {
      // An aborted job goes back to the queue: the abort is not the fault of the task, so the try does not count.
      if (signal.aborted) await pending.setTries(id, starts - 1);
      throw error;
    }
    const failure = made instanceof TaskGifError ? made : undefined;
    if (failure && isRetried(failure.code, starts)) throw failure;
    const poster = "blob" in made ? await posterOf(made, id, settings) : undefined;
    signal.throwIfAborted();
    if ("blob" in made) {
      await store.write(homeFiles.poster(task), poster ? await bytesIn(poster) : null);
      await store.write(homeFiles.gif(task), await bytesIn(made.blob));
    }
    const result = failure ? "failed" : "ready";
    const state: GifState = {
      state: result,
      request: need.request?.id ?? null,
      ...(task.version !== null && { version: task.version }),
      made_at: new Date().toISOString(),
      ...(poster && { poster: true }),
      ...(failure && { code: failure.code, message: failure.message }),
    };
    await writeJson(store, homeFiles.state(task), state);
    await this.webhooks?.announce(id);
    await pending.remove(id);
    // If the task was deleted in the meantime, its new files are removed too.
    if (task.isUploaded && !(await readUploadedTask(store, id))) {
      await removeFiles(store, id);
      return undefined;
    }
    this.tasks.changes.announce(id);
    const ms = Math.round(performance.now() - since);
    this.metrics.gifs(result, ms, Date.now() - Date.parse(task.record.finished_at ?? ""));
    // The GIF may have been requested again in the meantime: its job is in the queue, but is no longer pending in the
    // store.
    if (!(await readGifFacts(store, task)).isSettled) await pending.add(id);
    const facts = { ms, attempts: starts };
    if ("blob" in made) settings.log({ event: "gif_ready", task: id, ...facts, ...factsOf(made) });
    if (!failure) return undefined;
    const reason = { code: failure.code, message: oneLine(failure.message) };
    this.failures.tell("gif_failed", id, reason, facts);
    return reason;
  }

  /**
   * Assembles the GIF of a task. Returns the error if the task cannot have one; throws errors that a retry may cure.
   */
  async #make(task: Task, request: GifRequest | undefined, signal: AbortSignal): Promise<AssembledGif | TaskGifError> {
    const { assemble, workers, taskBytes } = this.settings;
    const options = {
      ...this.settings.gifOptions,
      ...request?.options,
      workers,
      onBadFrame: "skip",
      signal,
    } as Options;
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

const bytesIn = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

/**
 * Yields the screenshots with their pictures as blobs, one after another. @throws if they have more than `mostBytes`
 * together.
 */
async function* withinBytes(
  screenshots: AsyncIterable<DescribedScreenshot>,
  mostBytes: number,
): AsyncGenerator<DescribedScreenshot> {
  let total = 0;
  for await (const screenshot of screenshots) {
    const image = await Promise.resolve(toBlob(screenshot.image, "image", fetchBlob)).catch((error: unknown) => {
      // An unreadable picture becomes a bad frame: the assembly skips it and reports it.
      return () => Promise.reject(error);
    });
    if (image instanceof Blob) total += image.size;
    if (total > mostBytes) {
      throw new TaskGifError("LIMIT_EXCEEDED", `expected screenshots of ${mostBytes} bytes together, found more`);
    }
    yield { ...screenshot, image };
  }
}

/** Returns the fields of the log line about a GIF: its size, warnings, and skipped screenshots. */
function factsOf({ blob, stats: { warnings = [], skipped = [] } = {} }: AssembledGif): Record<string, unknown> {
  const reasons = skipped.slice(0, MOST_REASONS).map(({ error }) => oneLine(error.message));
  return {
    bytes: blob.size,
    warnings: warnings.map(({ code }) => code),
    skipped: skipped.length,
    ...(reasons.length > 0 && { reasons }),
  };
}
