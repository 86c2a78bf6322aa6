import { assembleGif, type DescribedScreenshot, type Progress, type TaskGif } from "task-gif";
import { explain, type Problem } from "./problem.ts";
import { toOptions, type Wishes } from "./wishes.ts";

/** Where an assembly stands. The last finished GIF stays on show while the next one is being made. */
export type AssemblyState = {
  /** Present while work goes on; `undefined` inside before the first report. */
  working: { progress: Progress | undefined } | undefined;
  /** The newest finished GIF. */
  gif: TaskGif | undefined;
  /** Bytes of the GIF before it, to compare. */
  previousBytes: number | undefined;
  /** What went wrong with the newest attempt. */
  problem: Problem | undefined;
};

/** One set of screenshots and the GIF that is made of them, over and over as wishes change. */
export class Assembly {
  #state: AssemblyState = { working: undefined, gif: undefined, previousBytes: undefined, problem: undefined };
  #running: AbortController | undefined;
  readonly #onchange: (state: AssemblyState) => void;
  readonly #nameOf: (frame: number) => string;

  constructor(onchange: (state: AssemblyState) => void, nameOf: (frame: number) => string) {
    this.#onchange = onchange;
    this.#nameOf = nameOf;
  }

  /** Starts over with these screenshots and wishes; what was under way is dropped. */
  async start(
    screenshots: DescribedScreenshot[],
    wishes: Wishes,
    { onBadFrame = "error" }: { onBadFrame?: "error" | "skip" } = {},
  ): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#update({ working: { progress: undefined }, problem: undefined });
    try {
      const gif = await assembleGif(screenshots, {
        ...toOptions(wishes),
        onBadFrame,
        signal: running.signal,
        onProgress: (progress) => {
          if (this.#running === running) this.#update({ working: { progress } });
        },
      });
      if (this.#running !== running) return gif.close();
      const { gif: previous } = this.#state;
      this.#update({ working: undefined, gif, previousBytes: previous?.blob.size });
      previous?.close();
    } catch (error) {
      // Whoever aborted has started something else or has left.
      if (this.#running !== running) return;
      this.#update({ working: undefined, problem: explain(error, this.#nameOf) });
    }
  }

  /** Reports a failure that came before the assembly, such as a screenshot that could not be fetched. */
  fail(error: unknown): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#update({ working: undefined, problem: explain(error, this.#nameOf) });
  }

  /** Stops the work and lets go of the GIF. */
  close(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#state.gif?.close();
    this.#state = { working: undefined, gif: undefined, previousBytes: undefined, problem: undefined };
  }

  #update(change: Partial<AssemblyState>): void {
    this.#state = { ...this.#state, ...change };
    this.#onchange(this.#state);
  }
}
