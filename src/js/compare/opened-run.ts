import { mapInOrder } from "../client/map-in-order.ts";
import { reject } from "../options/argument-checks.ts";
import { currentPlatform } from "../platform/platform.ts";
import type { Step } from "../public-types.ts";
import { convertFormat } from "../sources/convert-format.ts";
import { type ParsedScreenshot, parseScreenshot } from "../sources/parse-screenshot.ts";
import { toBlob } from "../sources/to-blob.ts";
import { TaskGifError } from "../task-gif-error.ts";
import type { ComparedScreenshot } from "../workers/protocol.ts";
import type { ComparedRun } from "./run-comparison.ts";

/** Maximum number of screenshots that are read concurrently. */
const READING = 6;

/** A run with validated screenshots, which are read on demand. */
export class OpenedRun {
  /** Steps in order. */
  readonly steps: readonly Step[];
  /** Screenshots in order, after they have been read. */
  files: readonly ComparedScreenshot[] = [];

  private constructor(
    private readonly side: "A" | "B",
    private readonly screenshots: readonly ParsedScreenshot[],
    /** Name, if known. */
    readonly name: string | undefined,
  ) {
    this.steps = screenshots.map(({ step }) => step);
  }

  /** @throws `TypeError` for anything but a run or a list of screenshots. */
  static of(run: ComparedRun, side: "A" | "B"): OpenedRun {
    const path = side.toLowerCase();
    const { screenshots, name } = Array.isArray(run)
      ? { screenshots: run, name: undefined }
      : ((run ?? {}) as { screenshots?: unknown; name?: unknown });
    if (!Array.isArray(screenshots)) return reject(path, "a run or an array of screenshots", run);
    const parsed = screenshots.map((screenshot: unknown, i) => parseScreenshot(screenshot, i, path));
    return new OpenedRun(side, parsed, typeof name === "string" ? name : undefined);
  }

  /** Reads all screenshots. */
  async read(signal: AbortSignal | undefined): Promise<void> {
    const { readUrl } = currentPlatform();
    const readOne = async ({ image, path, spec, sourceIndex }: ParsedScreenshot): Promise<ComparedScreenshot> => {
      try {
        const source = await convertFormat(await toBlob(image, path, readUrl, signal), signal);
        return { source, ...(spec && { spec }) };
      } catch (error) {
        throw this.failure(error, sourceIndex);
      }
    };
    const files: ComparedScreenshot[] = [];
    const how = { concurrency: READING, skip: false, signal };
    for await (const file of mapInOrder(this.screenshots, readOne, how)) files.push(file);
    this.files = files;
  }

  /** Returns the error of a screenshot with the run and the index in its message. */
  failure(error: unknown, place: number): unknown {
    if (!(error instanceof TaskGifError)) return error;
    return new TaskGifError(
      error.code,
      `run ${this.side}, screenshot ${place}: ${withoutPlace(error.message)}`,
      undefined,
      error,
    );
  }
}

/** Removes the index from a worker's message: for a worker, the index is the side of the pair. */
const withoutPlace = (message: string) => message.replace(/^(screenshot|frame) \d+: /, "");
