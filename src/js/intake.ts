import { TaskGifError } from "./errors.ts";
import { toBlob, type UrlReader } from "./inputs.ts";
import type { Job, NewFrame } from "./job.ts";
import { specOf } from "./marks.ts";
import type { ResolvedOptions } from "./options.ts";
import { type Described, describeScreenshot, isNewTab, isPlaceholder } from "./screenshots.ts";
import { isWanted, type Wanted } from "./steps/selection.ts";

/** Screenshots that are loaded at the same time, as browsers open about as many connections to a host. */
const LOADING = 6;
/** Screenshots for each worker that may wait for it before `push` holds the caller back. */
const WAITING = 4;

/**
 * Takes screenshots one after another, loads several at once, and hands them to the job in the order they came.
 */
export class Intake {
  #given = 0;
  #loading = 0;
  #tail: Promise<void>;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly job: Job,
    private readonly options: Wanted &
      Pick<ResolvedOptions, "clickMarkers"> & { skipBlank: boolean; signal: AbortSignal | undefined },
    private readonly readUrl: UrlReader,
    /** Hears of every screenshot that becomes part of the GIF. */
    private readonly taken: (screenshot: NewFrame) => void = () => {},
  ) {
    this.#tail = job.ready ?? Promise.resolve();
  }

  /**
   * Takes a screenshot; one that can change is read before this returns. Resolves when there is room for the next,
   * rejects when the job has failed. Throws a `TypeError` for what is no screenshot.
   */
  push(screenshot: unknown): Promise<void> {
    const described = describeScreenshot(screenshot, this.#given);
    this.#given++;
    const isPassedOver = !isWanted(described.step, this.options);
    if (isPassedOver || (this.options.skipBlank && isNewTab(described.step))) {
      if (isPassedOver) this.job.passOver(described.given);
      else this.job.leaveOut(described.given);
      return Promise.race([this.#room(), this.job.failed]);
    }
    // Begins now, whatever is still loading before it.
    const loaded = Promise.resolve(toBlob(described.image, described.path, this.readUrl, this.options.signal));
    loaded.catch(() => {}); // dealt with in its turn
    this.#loading++;
    this.#tail = this.#tail.then(() => this.#take(described, loaded));
    return Promise.race([this.#room(), this.job.failed]);
  }

  /** Resolves when all that was pushed is with the job. */
  async end(): Promise<void> {
    await Promise.race([this.#tail, this.job.failed]);
  }

  async #take(described: Described, loaded: Promise<Blob>): Promise<void> {
    const { given, timing, step } = described;
    try {
      const spec = specOf(described, this.options);
      const source = await loaded;
      if (this.options.skipBlank && (await isPlaceholder(source))) this.job.leaveOut(given);
      else {
        const frame = { given, timing, step, source, ...(spec && { spec }) };
        this.job.add(frame);
        this.taken(frame);
      }
    } catch (error) {
      if (error instanceof TaskGifError) this.job.bad(ofFrame(error, given));
      else this.job.fail(error);
    } finally {
      this.#loading--;
      for (const resume of this.#waiting.splice(0)) resume();
    }
  }

  async #room(): Promise<void> {
    while (this.#loading >= LOADING) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    await this.job.whenBelow(WAITING * this.job.workers);
  }
}

/** The same error, of the screenshot at `given`. */
export function ofFrame(error: TaskGifError, given: number): TaskGifError {
  if (error.frame !== undefined) return error;
  return new TaskGifError(error.code, `screenshot ${given}: ${error.message}`, given, error.cause);
}
