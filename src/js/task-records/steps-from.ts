import { boolean, callable, record as checkRecord, reject } from "../options/argument-checks.ts";
import type { DescribedScreenshot, ImageSource } from "../public-types.ts";
import { isAtHand } from "../sources/to-blob.ts";
import { readRecord, recordValue } from "./read-record.ts";
import { shownSteps } from "./steps/shown-steps.ts";
import type { RecordStep, StepsOptions } from "./task-record.ts";

/**
 * Returns the screenshots of a task record in the order of its steps, for `assembleGif`. The record, or its JSON text, is a task of
 * API v1 (with screenshots in `options.screenshots` or beside the steps) or v2, messages of API v3, an `AgentHistoryList` of
 * browser-use, or a list of steps that name their screenshots.
 *
 * Leaves out steps without a picture, placeholders and new-tab pages; the others keep their numbers. Pages at `about:blank` are kept:
 * `assembleGif` leaves them out if their picture has a single color.
 *
 * @throws `TypeError` for other records, in one line.
 */
export function stepsFrom(record: unknown, options?: StepsOptions<ImageSource>): DescribedScreenshot[];
export function stepsFrom(
  record: unknown,
  options: StepsOptions<PromiseLike<ImageSource>>,
): PromiseLike<DescribedScreenshot>[];
export function stepsFrom(
  record: unknown,
  options: StepsOptions<ImageSource | PromiseLike<ImageSource>> = {},
): (DescribedScreenshot | PromiseLike<DescribedScreenshot>)[] {
  const {
    resolve,
    screenshots,
    skipBlank = true,
  } = checkRecord(options, "options", ["resolve", "screenshots", "skipBlank"]) as typeof options;
  if (resolve !== undefined) callable(resolve, "options.resolve");
  if (screenshots !== undefined && !isTextList(screenshots)) {
    reject("options.screenshots", "an array of addresses", screenshots);
  }
  boolean(skipBlank, "options.skipBlank");
  return shownSteps(readRecord(recordValue(record), screenshots).steps, skipBlank).map((step) => {
    const { picture, isFile, ...facts } = step;
    const image = imageOf(picture, isFile ?? false, facts, resolve);
    if (typeof (image as PromiseLike<ImageSource>).then === "function") {
      return (image as PromiseLike<ImageSource>).then((image) => ({ ...facts, image, keepOrder: true }));
    }
    return { ...facts, image: image as ImageSource, keepOrder: true };
  });
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function imageOf(
  picture: string,
  isFile: boolean,
  facts: Omit<RecordStep, "picture" | "isFile">,
  resolve: StepsOptions<ImageSource | PromiseLike<ImageSource>>["resolve"],
): ImageSource | PromiseLike<ImageSource> {
  if (!isFile && isAtHand(picture)) return picture;
  if (resolve) return resolve(picture, facts);
  if (isFile) {
    throw new TypeError(
      `options.resolve: expected a function, since step ${facts.number} has its screenshot in a file`,
    );
  }
  return picture;
}
