import type { NewFrame } from "../frame.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import type { ParsedScreenshot } from "../sources/parse-screenshot.ts";
import { isBlank, needsLook } from "../sources/placeholder.ts";
import type { PendingScreenshot } from "../sources/read-screenshot.ts";
import { specOf } from "./annotations.ts";
import type { Assembly } from "./assembly.ts";
import { badScreenshot } from "./input-policy.ts";

/** Screenshots that are loaded at the same time, as browsers open about as many connections to a host. */
const LOADING = 6;
/** Screenshots for each worker that may wait for it before `push` holds the caller back. */
const WAITING = 4;

/** Waits for the bytes of several screenshots at once, and hands them to the job in the order they came. */
export class OrderedLoader {
  #loading = 0;
  #tail: Promise<void>;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly job: Assembly,
    private readonly options: Pick<ResolvedOptions, "clickMarkers" | "skipBlank" | "onBadFrame" | "signal">,
    /** Hears of every screenshot that becomes part of the GIF. */
    private readonly taken: (screenshot: NewFrame) => void = () => {},
  ) {
    this.#tail = job.ready ?? Promise.resolve();
  }

  /** Takes over a screenshot. Resolves when there is room for the next, rejects when the job has failed. */
  push(screenshot: PendingScreenshot): Promise<void> {
    if ("skipped" in screenshot) {
      const { sourceIndex } = screenshot.parsed;
      if (screenshot.skipped === "unwanted") this.job.skipUnwanted(sourceIndex);
      else this.job.skipBlank(sourceIndex);
    } else {
      const { parsed, bytes } = screenshot;
      this.#loading++;
      this.#tail = this.#tail.then(() => this.#add(parsed, bytes));
    }
    return Promise.race([this.#room(), this.job.failed]);
  }

  /** Resolves when all that was pushed is with the job. */
  async end(): Promise<void> {
    await Promise.race([this.#tail, this.job.failed]);
  }

  async #add(parsed: ParsedScreenshot, bytes: Promise<Blob>): Promise<void> {
    const { sourceIndex, timing, step, keepOrder } = parsed;
    try {
      const spec = specOf(parsed, this.options);
      const source = await bytes.catch((error: unknown) => this.#bad(error, sourceIndex));
      if (!source) return;
      const { skipBlank, signal } = this.options;
      if (skipBlank && needsLook(source, step) && (await isBlank(source, step, signal)))
        this.job.skipBlank(sourceIndex);
      else {
        const frame = { sourceIndex, timing, step, source, ...(keepOrder && { keepOrder }), ...(spec && { spec }) };
        this.job.add(frame);
        this.taken(frame);
      }
    } catch (error) {
      this.job.fail(error);
    } finally {
      this.#loading--;
      for (const resume of this.#waiting.splice(0)) resume();
    }
  }

  /** Deals with a picture that could not be had. */
  #bad(error: unknown, sourceIndex: number): void {
    const bad = badScreenshot(error, sourceIndex, this.options.onBadFrame);
    if (bad) this.job.handleBadScreenshot(bad);
    else this.job.fail(error);
  }

  async #room(): Promise<void> {
    while (this.#loading >= LOADING) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    await this.job.whenBelow(WAITING * this.job.workers);
  }
}
