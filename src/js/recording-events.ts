import type { NewFrame } from "./frame.ts";
import type { StepFacts } from "./steps/types.ts";
import type { TaskGif } from "./task-gif.ts";
import type { Rect } from "./types.ts";

/** What happens to a recording. */
export type RecordingEvent =
  /** A screenshot was taken: its picture, what is known of its step, and the boxes of it that must not be seen. */
  | { type: "screenshot"; image: Blob; step: Partial<StepFacts>; redact: readonly Rect[] }
  /** It became a GIF; `steps` are those of the screenshots in the order in which they were given. */
  | { type: "finished"; gif: TaskGif; steps: Partial<StepFacts>[] }
  | { type: "failed"; error: unknown };

/** A recording that can be looked at while it grows, such as a `GifRecorder`. */
export interface Recording {
  /** Tells of what has happened and what happens; the function that is returned stops that. */
  watch(listener: (event: RecordingEvent) => void): () => void;
}

/** Those who look at a recording, and what there is to be seen. */
export class Watch {
  /** By the place in the given order; places that were left out are empty. */
  readonly steps: Partial<StepFacts>[] = [];
  readonly #listeners = new Set<(event: RecordingEvent) => void>();
  #events: RecordingEvent[] = [];

  add(listener: (event: RecordingEvent) => void): () => void {
    for (const event of this.#events) listener(event);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A screenshot is with the job. */
  taken({ given, source, step, spec }: NewFrame): void {
    while (this.steps.length < given) this.steps.push({});
    this.steps[given] = step;
    this.tell({ type: "screenshot", image: source, step, redact: spec?.redact ?? [] });
  }

  tell(event: RecordingEvent): void {
    // At the end the pictures are let go of: those who come later see the GIF.
    if (event.type === "screenshot") this.#events.push(event);
    else this.#events = [event];
    for (const listener of [...this.#listeners]) listener(event);
  }
}
