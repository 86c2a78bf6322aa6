import type { Recording, RecordingEvent } from "../../recording-events.ts";
import type { TaskGif } from "../../task-gif.ts";
import type { TaskGifStep } from "../element-types.ts";
import { redactedBitmap } from "./redacted-bitmap.ts";
import type { Replay, TimedStep } from "./replay.ts";
import type { ReplayProgress } from "./replay-inputs.ts";

/** Time in ms that each screenshot is shown while there is no GIF with real delays. */
const STAY_MS = 1500;

/** The GIF of a finished recording, and the steps from its screenshots. */
export type Recorded = { made: TaskGif; told: TaskGifStep[] };

/** Shows a recording while it grows. Resolves when its GIF is made. */
export function followRecording(recorder: Recording, progress: ReplayProgress, signal: AbortSignal): Promise<Recorded> {
  const replay = new LiveReplay();
  return new Promise((resolve, reject) => {
    // The last screenshot is added before the promise resolves: otherwise it would replace the finished GIF.
    let shown = Promise.resolve();
    const unwatch = recorder.watch((event) => {
      if (event.type === "screenshot") {
        shown = replay.add(event).then(() => {
          if (!signal.aborted) progress.live(replay);
        });
        shown.catch(reject);
      } else if (event.type === "finished") {
        shown.then(() => resolve({ made: event.gif, told: event.steps }), reject);
      } else {
        reject(event.isCancelled ? new DOMException("the recording was cancelled", "AbortError") : event.error);
      }
    });
    signal.addEventListener("abort", () => {
      unwatch();
      reject(signal.reason);
    });
  });
}

/** A screenshot of a recording. */
export type LiveShot = Omit<Extract<RecordingEvent, { type: "screenshot" }>, "type">;

/** Screenshots of a running recording or task. Only the current one is decoded. */
export class LiveReplay implements Replay {
  width = 0;
  height = 0;
  readonly startsMs: number[] = [];
  readonly steps: TimedStep[] = [];
  missing = 0;
  readonly #shots: LiveShot[] = [];
  #adding: Promise<void> = Promise.resolve();

  get durationMs(): number {
    return this.#shots.length * STAY_MS;
  }

  /**
   * Adds a screenshot; its size is known when the promise resolves. A screenshot that cannot be decoded is counted as
   * missing.
   */
  add(shot: LiveShot): Promise<void> {
    this.#adding = this.#adding.then(async () => {
      const size = await sizeOf(shot.image);
      if (!size) {
        this.missing++;
        return;
      }
      const { width, height } = size;
      this.width = Math.max(this.width, width);
      this.height = Math.max(this.height, height);
      const { number, caption, url, timestampMs } = shot.step;
      const startMs = this.durationMs;
      this.#shots.push(shot);
      this.startsMs.push(startMs);
      this.steps.push({
        startMs,
        frame: this.steps.length,
        number: number ?? this.steps.length + 1,
        caption: caption ?? "",
        ...(url !== undefined && { url }),
        ...(timestampMs !== undefined && { timestampMs }),
      });
    });
    return this.#adding;
  }

  async picture(frame: number): Promise<ImageBitmap> {
    const { image, redact } = this.#shots[frame]!;
    return redactedBitmap(image, redact);
  }

  close(): void {
    this.#shots.length = 0;
  }
}

/** Returns the size of a picture in pixels; `undefined` if it cannot be decoded. */
async function sizeOf(image: Blob): Promise<{ width: number; height: number } | undefined> {
  const bitmap = await createImageBitmap(image).catch(() => undefined);
  if (!bitmap) return undefined;
  const { width, height } = bitmap;
  bitmap.close();
  return { width, height };
}
