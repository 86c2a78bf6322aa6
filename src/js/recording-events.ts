import type { NewFrame } from "./frame.ts";
import type { Rect, Step } from "./public-types.ts";
import type { TaskGif } from "./task-gif.ts";

/** An event of a recording. */
export type RecordingEvent =
  /** A screenshot was added: its picture, the facts of its step, and the boxes that are redacted. */
  | { type: "screenshot"; image: Blob; step: Partial<Step>; redact: readonly Rect[] }
  /** The GIF is finished; `steps` are those of the screenshots in the caller's order. */
  | { type: "finished"; gif: TaskGif; steps: Partial<Step>[] }
  /** There will be no GIF. `isCancelled`: the caller has cancelled the recording. */
  | { type: "failed"; error: unknown; isCancelled?: boolean };

/** A recording that can be watched while it grows, such as a `GifRecorder`. */
export interface Recording {
  /** Calls `listener` for earlier and later events. Returns a function that removes the listener. */
  watch(listener: (event: RecordingEvent) => void): () => void;
}

/** The listeners of a recording, and the events that a late listener still needs. */
export class RecordingEvents {
  /** Steps by `sourceIndex`; `{}` for screenshots that were left out. */
  readonly steps: Partial<Step>[] = [];
  readonly #listeners = new Set<(event: RecordingEvent) => void>();
  #events: RecordingEvent[] = [];
  #isOver = false;

  subscribe(listener: (event: RecordingEvent) => void): () => void {
    for (const event of this.#events) listener(event);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Emits the event of a screenshot that was added to the assembly. */
  screenshotAdded({ sourceIndex, source, step, spec }: NewFrame): void {
    while (this.steps.length < sourceIndex) this.steps.push({});
    this.steps[sourceIndex] = step;
    this.emit({ type: "screenshot", image: source, step, redact: spec?.redact ?? [] });
  }

  emit(event: RecordingEvent): void {
    // A recording ends once: failures after a cancellation are ignored.
    if (this.#isOver) return;
    this.#isOver = event.type !== "screenshot";
    // At the end the pictures are released: late listeners get the GIF only.
    if (event.type === "screenshot") this.#events.push(event);
    else this.#events = [event];
    for (const listener of [...this.#listeners]) listener(event);
  }
}
