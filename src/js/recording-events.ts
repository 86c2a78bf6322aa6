import type { NewFrame } from "./frame.ts";
import type { Rect, Step } from "./public-types.ts";
import type { TaskGif } from "./task-gif.ts";

/** What happens to a recording. */
export type RecordingEvent =
  /** A screenshot was taken: its picture, what is known of its step, and the boxes of it that must not be seen. */
  | { type: "screenshot"; image: Blob; step: Partial<Step>; redact: readonly Rect[] }
  /** It became a GIF; `steps` are those of the screenshots in the order the caller gave. */
  | { type: "finished"; gif: TaskGif; steps: Partial<Step>[] }
  /** There will be no GIF; whoever records may have wanted it so. */
  | { type: "failed"; error: unknown; isCancelled?: boolean };

/** A recording that can be looked at while it grows, such as a `GifRecorder`. */
export interface Recording {
  /** Tells of what has happened and what happens; the function that is returned stops that. */
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

  /** A screenshot became part of the assembly. */
  screenshotAdded({ sourceIndex, source, step, spec }: NewFrame): void {
    while (this.steps.length < sourceIndex) this.steps.push({});
    this.steps[sourceIndex] = step;
    this.emit({ type: "screenshot", image: source, step, redact: spec?.redact ?? [] });
  }

  emit(event: RecordingEvent): void {
    // A recording ends once: what fails since it was cancelled has not failed.
    if (this.#isOver) return;
    this.#isOver = event.type !== "screenshot";
    // At the end the pictures are released: late listeners get the GIF only.
    if (event.type === "screenshot") this.#events.push(event);
    else this.#events = [event];
    for (const listener of [...this.#listeners]) listener(event);
  }
}
