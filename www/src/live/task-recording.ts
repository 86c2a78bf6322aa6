import type { Recording, RecordingEvent } from "task-gif";
import { PictureFile } from "../replay/lazy-picture.ts";
import type { Step } from "../tasks/task.ts";

/** Maximum number of concurrent downloads. */
const AT_ONCE = 6;
/** Pause in ms before the second and last try of a failed download. */
const AGAIN_MS = 1000;

/**
 * The steps of a running task as a recording that `<task-gif>` plays while it grows. Each step is added as soon as its screenshot is
 * downloaded, in the order of the calls. A failed download is added as an empty screenshot, which the player shows as missing.
 */
export class TaskRecording implements Recording {
  readonly #events: RecordingEvent[] = [];
  readonly #listeners = new Set<(event: RecordingEvent) => void>();
  readonly #waiting: Step[] = [];
  #isFetching = false;

  /** `signal` aborts the downloads. */
  constructor(private readonly signal: AbortSignal) {}

  /** Adds steps at the end. */
  add(steps: readonly Step[]): void {
    this.#waiting.push(...steps);
    if (!this.#isFetching) void this.#fetchAll();
  }

  watch(listener: (event: RecordingEvent) => void): () => void {
    for (const event of this.#events) listener(event);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #fetchAll(): Promise<void> {
    this.#isFetching = true;
    while (this.#waiting.length > 0) {
      const steps = this.#waiting.splice(0, AT_ONCE);
      const images = steps.map(({ screenshot }) => this.#fetch(screenshot));
      for (const [i, { number, goal, url, timestampMs }] of steps.entries()) {
        const image = (await images[i]) ?? new Blob();
        if (this.signal.aborted) return;
        const step = {
          number,
          ...(goal !== "" && { caption: goal }),
          ...(url !== undefined && { url }),
          ...(timestampMs !== undefined && { timestampMs }),
        };
        this.#tell({ type: "screenshot", image, step, redact: [] });
      }
    }
    this.#isFetching = false;
  }

  #fetch(address: string): Promise<Blob | undefined> {
    const file = PictureFile.at(address, this.signal);
    const again = async () => {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      return file.load();
    };
    return file.load().catch(() => again().catch(() => undefined));
  }

  #tell(event: RecordingEvent): void {
    this.#events.push(event);
    for (const listener of [...this.#listeners]) listener(event);
  }
}
