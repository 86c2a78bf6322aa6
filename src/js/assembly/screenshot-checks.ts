import { CARD, type Frame, type NewFrame } from "../frame.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import type { GifStats } from "../public-types.ts";
import { describeError, TaskGifError } from "../task-gif-error.ts";

/** Codes of errors that `onBadFrame: "skip"` skips. A failed redaction is never skipped. */
const SKIPPABLE = new Set([
  "UNKNOWN_FORMAT",
  "DECODE_FAILED",
  "UNSUPPORTED",
  "LIMIT_EXCEEDED",
  "UNREADABLE",
  "FETCH_FAILED",
  "HTML_PAGE",
  "EXPIRED",
]);

/** Whether an error concerns one screenshot only, so that the GIF can be made without it. */
export function isScreenshotError(error: unknown): error is TaskGifError {
  return error instanceof TaskGifError && SKIPPABLE.has(error.code);
}

/**
 * Returns the error of a screenshot whose picture could not be read, or `undefined` if the error ends the assembly. With
 * `onBadFrame: "skip"`, any other value, such as `null` or a rejected promise, counts as a screenshot that cannot be read.
 */
export function badScreenshot(
  error: unknown,
  sourceIndex: number,
  onBadFrame: "error" | "skip",
): TaskGifError | undefined {
  if (error instanceof TaskGifError) return ofScreenshot(error, sourceIndex);
  if (onBadFrame !== "skip") return undefined;
  const reason = describeError(error).replace(/^screenshots\[\d+\](?:\.image)?: /, "");
  return new TaskGifError("UNREADABLE", `screenshot ${sourceIndex}: ${reason}`, sourceIndex, error);
}

/** Returns the error with `sourceIndex`, if it names no screenshot yet. */
function ofScreenshot(error: TaskGifError, sourceIndex: number): TaskGifError {
  if (error.frame !== undefined) return error;
  return new TaskGifError(error.code, `screenshot ${sourceIndex}: ${error.message}`, sourceIndex, error.cause);
}

/** Returns the error of a frame with the source index of its screenshot instead of its frame index. */
export function withSourceIndex(
  error: TaskGifError,
  frames: readonly Frame[],
  frameIndex: number | undefined,
): TaskGifError {
  if (frameIndex === undefined) return error;
  const sourceIndex = frames[frameIndex]?.sourceIndex ?? frameIndex;
  if (sourceIndex === CARD) return error;
  const text = error.message.replace(/^screenshot \d+: /, "");
  return new TaskGifError(error.code, `screenshot ${sourceIndex}: ${text}`, sourceIndex, error.cause);
}

/** Enforces `limits`, `minFrames` and `onBadFrame`, and collects what was left out for the statistics. */
export class ScreenshotChecks {
  readonly exclusions: Pick<GifStats, "blank" | "unwanted" | "skipped" | "warnings"> = {
    blank: [],
    unwanted: [],
    skipped: [],
    warnings: [],
  };
  #accepted = 0;

  /** `fail` ends the assembly. */
  constructor(
    private readonly options: Pick<ResolvedOptions, "limits" | "onBadFrame" | "minFrames">,
    private readonly fail: (error: unknown) => void,
  ) {}

  /** Whether a screenshot is within the limits. If not, it is skipped or ends the assembly. */
  accept({ sourceIndex, source: { size } }: NewFrame): boolean {
    const { frames, inputBytes } = this.options.limits;
    if (++this.#accepted > frames) {
      this.fail(exceeded("frames", `more than ${frames}`, frames));
      return false;
    }
    if (size <= inputBytes) return true;
    this.handleBadScreenshot(exceeded("inputBytes", String(size), inputBytes, sourceIndex));
    return false;
  }

  /** Skips a screenshot that could not be read, or ends the assembly, according to `onBadFrame`. */
  handleBadScreenshot(error: TaskGifError): void {
    const isSkipped = this.options.onBadFrame === "skip" && isScreenshotError(error);
    if (isSkipped && error.frame !== undefined) this.exclusions.skipped.push({ frame: error.frame, error });
    else this.fail(error);
  }

  /** Whether `pixels` of all frames together are within the limits. If not, the assembly ends. */
  checkPixels(pixels: number): boolean {
    const { totalPixels } = this.options.limits;
    if (pixels <= totalPixels) return true;
    this.fail(exceeded("totalPixels", String(pixels), totalPixels));
    return false;
  }

  /** @throws `TaskGifError` `TOO_FEW_SCREENSHOTS` when `found` screenshots are not enough. */
  checkEnough(found: number): void {
    const needed = this.options.minFrames;
    if (found >= needed) return;
    const { blank, unwanted, skipped } = this.exclusions;
    const counts = [
      [blank.length, "blank"],
      [skipped.length, "unreadable"],
      [unwanted.length, "not asked for"],
    ] as const;
    const reasons = counts.filter(([count]) => count > 0).map(([count, why]) => `${count} ${why}`);
    const left = reasons.length > 0 ? ` (${reasons.join(", ")})` : "";
    const keep = blank.length > 0 ? ", or set options.skipBlank to false to keep blank ones" : "";
    throw new TaskGifError(
      "TOO_FEW_SCREENSHOTS",
      `expected at least ${needed} screenshots, found ${found}${left}; add screenshots or lower options.minFrames${keep}`,
    );
  }

  /** @throws `TaskGifError` `LIMIT_EXCEEDED` for a file that is larger than allowed. */
  checkOutput({ size }: Blob): void {
    const { outputBytes } = this.options.limits;
    if (size > outputBytes) throw exceeded("outputBytes", String(size), outputBytes);
  }
}

function exceeded(limit: string, found: string, allowed: number, frame?: number): TaskGifError {
  const at = frame === undefined ? "" : `screenshot ${frame}: `;
  const message = `${at}limit ${limit} is ${allowed}, found ${found}; raise limits.${limit} if this input is meant`;
  return new TaskGifError("LIMIT_EXCEEDED", message, frame);
}
