import { boolean, callable, record as checkRecord, reject } from "../options/argument-checks.ts";
import type { DescribedScreenshot, ImageSource } from "../public-types.ts";
import { isAtHand } from "../sources/to-blob.ts";
import { readRecord, recordValue } from "./read-record.ts";
import { shownSteps } from "./steps/shown-steps.ts";
import type { RecordStep, StepsOptions } from "./task-record.ts";

/**
 * The screenshots of a task record, in the order of its steps, ready for `assembleGif`: a task of API v1 (with its
 * screenshots in `options.screenshots` or beside the steps) or v2, messages of API v3, the `AgentHistoryList` that
 * browser-use saves, or steps that name their screenshot. Takes the record or its JSON text.
 *
 * Steps without a picture, placeholders and new-tab pages are left out; the others keep their numbers. A page at
 * `about:blank` may show something: it is left out by `assembleGif`, if its picture is all of one color.
 *
 * @throws `TypeError` for what is no such record, in one line.
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
