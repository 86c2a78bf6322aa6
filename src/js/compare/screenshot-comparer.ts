import type { Size } from "../frame.ts";
import { sharedResources } from "../platform/shared-resources.ts";
import { abortReason, TaskGifError } from "../task-gif-error.ts";
import type { ScreenshotComparison } from "../wasm-types.ts";
import type { ComparedScreenshot, Replies, Request } from "../workers/protocol.ts";
import type { CompareOptions } from "../workers/wasm-interface.ts";
import { WorkerLostError } from "../workers/worker-lost-error.ts";
import type { WorkerSession } from "../workers/worker-session.ts";

/** Compares screenshots in the workers that are shared by all assemblies. */
export class ScreenshotComparer {
  readonly #sessions: readonly WorkerSession[];
  readonly #signal: AbortSignal | undefined;
  readonly #close = () => this.close();
  #asked = 0;

  /** Opens sessions in as many workers as `count` screenshots can use. */
  constructor(count: number, signal: AbortSignal | undefined) {
    const { pool, workersFor } = sharedResources();
    this.#sessions = pool.sessions(workersFor(count));
    this.#signal = signal;
    signal?.addEventListener("abort", this.#close);
  }

  /** Number of comparisons to run concurrently. */
  get concurrency(): number {
    return 2 * this.#sessions.length;
  }

  /** Reads the size of a screenshot from the head of its file. */
  sizeOf({ source }: ComparedScreenshot): Promise<Size> {
    return this.#ask({ type: "probe", source });
  }

  /** Compares two screenshots, either of which may be missing. The frame index of an error is the side, 0 or 1. */
  async compare(
    a: ComparedScreenshot | undefined,
    b: ComparedScreenshot | undefined,
    options: CompareOptions,
  ): Promise<ScreenshotComparison> {
    const { comparison } = await this.#ask({ type: "compare", screenshots: [a, b], options });
    return comparison;
  }

  /** Releases the workers. */
  close(): void {
    this.#signal?.removeEventListener("abort", this.#close);
    for (const session of this.#sessions) session.close();
  }

  async #ask<R extends Request>(request: R): Promise<Replies[R["type"]]> {
    const session = this.#sessions[this.#asked++ % this.#sessions.length]!;
    try {
      return await session.ask(request);
    } catch (error) {
      if (this.#signal?.aborted) throw abortReason(this.#signal);
      if (!(error instanceof WorkerLostError)) throw error;
      throw new TaskGifError("WORKER_CRASHED", `a worker was lost in a comparison: ${error.message}`, undefined, error);
    }
  }
}
