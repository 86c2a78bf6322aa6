import type { OpenRecording } from "./assembly/recording.ts";
import { TaskGifError } from "./errors.ts";
import { partOf } from "./lazy-import.ts";
import type { OptionAliases } from "./options/aliases.ts";
import { type ResolvedOptions, resolveOptions } from "./options/resolve-options.ts";
import { runtime } from "./platform/platform.ts";
import { type Recording, type RecordingEvent, Watch } from "./recording-events.ts";
import { take } from "./sources/read-screenshot.ts";
import type { TaskGif } from "./task-gif.ts";
import type { Options, Screenshot } from "./types.ts";

/**
 * Assembles a GIF while the task is still going on: each screenshot is decoded and compared as it is added, so that
 * little is left to do at the end.
 */
export class GifRecorder implements Recording {
  readonly #options: ResolvedOptions;
  readonly #runtime = runtime();
  readonly #watch = new Watch();
  readonly #givenUp = new AbortController();
  /** Screenshots are taken from the first moment on; what works on them is loaded meanwhile. */
  readonly #open: Promise<OpenRecording>;
  #given = 0;
  #isEnded = false;

  /** Starts a recording. @throws `TypeError` for wrong options. */
  constructor(options?: Options & OptionAliases) {
    this.#options = resolveOptions(options);
    this.#open = this.#load();
    this.#open.catch((error: unknown) => this.#watch.tell({ type: "failed", error }));
  }

  /**
   * Adds a screenshot. A canvas, bitmap or video frame is read before this returns. Resolves when there is room for
   * the next one: a caller that waits never piles up screenshots faster than they are worked on. Rejects when the
   * recording has failed; whoever does not wait learns that from `finish`.
   */
  add(screenshot: Screenshot): Promise<void> {
    try {
      this.#checkOpen("add");
      const taken = take(screenshot, this.#given, this.#options, this.#runtime.readUrl);
      this.#given++;
      const room = this.#open.then((recording) => recording.push(taken));
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
    const recording = await this.#open;
    const gif = await recording.finish(since);
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
    this.#givenUp.abort(reason);
    this.#open.then(
      (recording) => recording.fail(reason),
      () => {}, // it never began
    );
  }

  async #load(): Promise<OpenRecording> {
    const { openRecording } = await partOf(import("./assembly/index.ts"), this.#options.signal, this.#givenUp.signal);
    return openRecording(this.#options, this.#watch);
  }

  #checkOpen(what: string): void {
    if (!this.#isEnded) return;
    const message = `${what}() was called after finish() or abort(); start another GifRecorder`;
    throw new TaskGifError("RECORDING_ENDED", message);
  }
}
