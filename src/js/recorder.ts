import type { OptionAliases } from "./aliases.ts";
import { TaskGifError } from "./errors.ts";
import { Intake } from "./intake.ts";
import { Job } from "./job.ts";
import { resolveOptions } from "./options.ts";
import { runtime } from "./runtime.ts";
import type { TaskGif } from "./task-gif.ts";
import type { Options, Screenshot } from "./types.ts";
import { type Recording, type RecordingEvent, Watch } from "./watch.ts";

/**
 * Assembles a GIF while the task is still going on: each screenshot is decoded and compared as it is added, so that
 * little is left to do at the end.
 */
export class GifRecorder implements Recording {
  readonly #job: Job;
  readonly #intake: Intake;
  readonly #watch = new Watch();
  #isEnded = false;

  /** Starts a recording. @throws `TypeError` for wrong options. */
  constructor(options?: Options & OptionAliases) {
    const resolved = resolveOptions(options);
    const here = runtime();
    this.#job = new Job(resolved, here, Number.POSITIVE_INFINITY);
    this.#intake = new Intake(this.#job, resolved, here.readUrl, (taken) => this.#watch.taken(taken));
    this.#job.failed.catch((error: unknown) => this.#watch.tell({ type: "failed", error }));
  }

  /**
   * Adds a screenshot. A canvas, bitmap or video frame is read before this returns. Resolves when there is room for
   * the next one: a caller that waits never piles up screenshots faster than they are worked on. Rejects when the
   * recording has failed; whoever does not wait learns that from `finish`.
   */
  add(screenshot: Screenshot): Promise<void> {
    try {
      this.#checkOpen("add");
      const room = this.#intake.push(screenshot);
      room.catch(() => {});
      return room;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Makes the GIF of everything that was added. */
  async finish(): Promise<TaskGif> {
    const since = performance.now();
    this.#checkOpen("finish");
    this.#isEnded = true;
    await this.#intake.end();
    const gif = await this.#job.finish(since);
    this.#watch.tell({ type: "finished", gif, steps: this.#watch.steps });
    return gif;
  }

  /**
   * Tells `listener` of every screenshot that is taken, those before included, and of the end. The function that is
   * returned stops that.
   */
  watch(listener: (event: RecordingEvent) => void): () => void {
    return this.#watch.add(listener);
  }

  /** Gives the recording up. Calls that wait for it reject with `reason`, by default an `AbortError`. */
  abort(reason: unknown = new DOMException("the recording was aborted", "AbortError")): void {
    this.#isEnded = true;
    this.#job.fail(reason);
  }

  #checkOpen(what: string): void {
    if (!this.#isEnded) return;
    const message = `${what}() was called after finish() or abort(); start another GifRecorder`;
    throw new TaskGifError("RECORDING_ENDED", message);
  }
}
