import type { Step } from "../public-types.ts";
import { isNewTab } from "./new-tab-page.ts";
import { type ParsedScreenshot, parseScreenshot } from "./parse-screenshot.ts";
import { toBlob } from "./to-blob.ts";
import type { UrlReader } from "./url-reader.ts";

/** A validated screenshot: its bytes as soon as they are read, or the reason why it is left out. */
export type PendingScreenshot = { parsed: ParsedScreenshot } & (
  | { bytes: Promise<Blob> }
  | { skipped: "unwanted" | "blank" }
);

/** The options that decide whether and how a screenshot is read. */
export type ReadOptions = StepFilter & {
  skipBlank: boolean;
  onBadFrame: "error" | "skip";
  signal: AbortSignal | undefined;
};

/**
 * Validates one screenshot and starts reading it. Mutable sources (canvas, bitmap, video frame) are copied before this
 * returns, URLs are fetched in the background.
 *
 * @throws `TypeError` for other values; with `onBadFrame: "skip"`, the bytes reject with it.
 */
export function readScreenshot(
  screenshot: unknown,
  sourceIndex: number,
  options: ReadOptions,
  readUrl: UrlReader,
): PendingScreenshot {
  const parsed = parseScreenshot(screenshot, sourceIndex);
  if (!matchesStepFilter(parsed.step, options)) return { parsed, skipped: "unwanted" };
  if (options.skipBlank && isNewTab(parsed.step)) return { parsed, skipped: "blank" };
  const bytes = readImage(parsed, options, readUrl);
  bytes.catch(() => {}); // the ordered loader reports the failure
  return { parsed, bytes };
}

/** Selection of steps. */
export type StepFilter = {
  /** Numbers of the steps to show; `undefined` for all. */
  steps: ReadonlySet<number> | undefined;
  /** Whether only failed steps are shown. */
  onlyFailed: boolean;
};

/** Whether a step is selected. */
export function matchesStepFilter({ number, failed }: Step, { steps, onlyFailed }: StepFilter): boolean {
  return (steps === undefined || steps.has(number)) && (!onlyFailed || failed === true);
}

function readImage(
  { image, path }: ParsedScreenshot,
  { onBadFrame, signal }: ReadOptions,
  readUrl: UrlReader,
): Promise<Blob> {
  try {
    return Promise.resolve(toBlob(image, path, readUrl, signal));
  } catch (error) {
    if (onBadFrame !== "skip") throw error;
    return Promise.reject(error);
  }
}
