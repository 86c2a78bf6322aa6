import type { OpenRecording } from "../assembly/recording.ts";
import { lazyImport } from "../lazy-import.ts";
import type { OptionAliases } from "../options/aliases.ts";
import { type ResolvedOptions, resolveOptions } from "../options/resolve-options.ts";
import { currentPlatform } from "../platform/platform.ts";
import type { Options, Screenshot } from "../public-types.ts";
import { type Recording, type RecordingEvent, RecordingEvents } from "../recording-events.ts";
import { readScreenshot } from "../sources/read-screenshot.ts";
import type { TaskGif } from "../task-gif.ts";
import { TaskGifError } from "../task-gif-error.ts";

/**
 * Assembles a GIF while the task is running: each screenshot is decoded and compared when it is added, so that little is left to do at
 * the end.
 */
export class GifRecorder implements Recording {
  readonly #options: ResolvedOptions;
  readonly #platform = currentPlatform();
  readonly #events = new RecordingEvents();
  readonly #aborted = new AbortController();
  /** Screenshots can be added immediately; the code that assembles them is loaded meanwhile. */
  readonly #open: Promise<OpenRecording>;
  #nextSourceIndex = 0;
  #isEnded = false;

  /** Starts a recording. @throws `TypeError` for invalid options. */
  constructor(options?: Options & OptionAliases) {
    this.#options = resolveOptions(options);
    this.#open = this.#load();
    this.#open.catch((error: unknown) => this.#events.emit({ type: "failed", error }));
  }

  /**
   * Adds a screenshot. A canvas, bitmap or video frame is read before this returns. Resolves when there is room for the
   * next one: a caller that awaits it never piles up screenshots in memory. Rejects if the recording has failed, as
   * `finish` does.
   */
  add(screenshot: Screenshot): Promise<void> {
    try {
      this.#checkOpen("add");
      const pending = readScreenshot(screenshot, this.#nextSourceIndex, this.#options, this.#platform.readUrl);
      this.#nextSourceIndex++;
      const room = this.#open.then((recording) => recording.push(pending));
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
    this.#events.emit({ type: "finished", gif, steps: this.#events.steps });
    return gif;
  }

  /**
   * Calls `listener` for every screenshot, including earlier ones, and at the end of the recording. Returns a function
   * that stops this.
   */
  watch(listener: (event: RecordingEvent) => void): () => void {
    return this.#events.subscribe(listener);
  }

  /** Ends the recording without a GIF. Calls that wait for it reject with `reason`, by default an `AbortError`. */
  abort(reason: unknown = new DOMException("the recording was aborted", "AbortError")): void {
    this.#isEnded = true;
    this.#aborted.abort(reason);
    this.#events.emit({ type: "failed", error: reason, isCancelled: true });
    this.#open.then(
      (recording) => recording.fail(reason),
      () => {}, // it never began
    );
  }

  async #load(): Promise<OpenRecording> {
    const { openRecording } = await lazyImport(
      import("../assembly/index.lazy.ts"),
      this.#options.signal,
      this.#aborted.signal,
    );
    return openRecording(this.#options, this.#events);
  }

  #checkOpen(what: string): void {
    if (!this.#isEnded) return;
    const message = `${what}() was called after finish() or abort(); start another GifRecorder`;
    throw new TaskGifError("RECORDING_ENDED", message);
  }
}
