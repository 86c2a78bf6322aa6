import { boolean, callable, record as checkRecord, reject } from "../options/validate.ts";
import { isNewTab, PLACEHOLDER } from "../sources/parse-screenshot.ts";
import { isAtHand } from "../sources/to-blob.ts";
import type { DescribedScreenshot, ImageSource } from "../types.ts";
import { historyItems, stepsOfHistory } from "./agent-history.ts";
import { stepsOfV1 } from "./api-v1.ts";
import { stepsOfV2 } from "./api-v2.ts";
import { stepsOfV3 } from "./api-v3.ts";
import { asObject, asObjects, type Json, known } from "./fields.ts";
import { stepsOfRecord } from "./task-record.ts";
import type { RecordStep, StepsOptions } from "./types.ts";

const EXPECTED =
  "a task of API v1 or v2, messages of API v3, an AgentHistoryList, or { steps: [{ number, next_goal, url, screenshot }] }";

/**
 * The screenshots of a task record, in the order of its steps, ready for `assembleGif`: a task of API v1 (with its
 * screenshots in `options.screenshots` or beside the steps) or v2, messages of API v3, the `AgentHistoryList` that
 * browser-use saves, or steps that name their screenshot. Takes the record or its JSON text.
 *
 * Steps without a picture, placeholders and new-tab pages are left out; the others keep their numbers.
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
  const steps = readSteps(typeof record === "string" ? parse(record) : record, screenshots);
  return steps
    .filter((step) => step.picture !== undefined && !(skipBlank && isBlank(step)))
    .map((step) => {
      const { picture, isFile, ...facts } = step;
      const image = imageOf(picture!, isFile ?? false, facts, resolve);
      if (typeof (image as PromiseLike<ImageSource>).then === "function") {
        return (image as PromiseLike<ImageSource>).then((image) => ({ ...facts, image }));
      }
      return { ...facts, image: image as ImageSource };
    });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TypeError(`record: expected ${EXPECTED}, found text that is no JSON`);
  }
}

/** Tells the kinds of record apart by the fields that only they have. */
function readSteps(record: unknown, screenshots: readonly string[] | undefined): RecordStep[] {
  if (Array.isArray(record)) return readList(asObjects(record));
  const task = asObject(record);
  if (!task) return reject("record", EXPECTED, record);
  if (Array.isArray(task.history)) return stepsOfHistory(historyItems(task));
  if (Array.isArray(task.messages)) return stepsOfV3(asObjects(task.messages));
  const listed = screenshots ?? (isTextList(task.screenshots) ? task.screenshots : undefined);
  if (listed) return stepsOfV1(task, listed);
  if (!Array.isArray(task.steps)) return reject("record", EXPECTED, record);
  const steps = asObjects(task.steps);
  if (has(steps, "screenshotUrl") || has(steps, "nextGoal")) return stepsOfV2(task);
  return stepsOfRecord(steps);
}

function readList(items: Json[]): RecordStep[] {
  if (has(items, "screenshotUrl")) return stepsOfV3(items);
  if (items.length === 0 || has(items, "screenshot")) return stepsOfRecord(items);
  return reject("record", EXPECTED, "an array of something else");
}

const has = (items: readonly Json[], name: string) => items.some((item) => name in item);

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isBlank({ url, picture }: RecordStep): boolean {
  return isNewTab({ url }) || picture!.replace(/^data:[^,]*,/i, "") === PLACEHOLDER;
}

function imageOf(
  picture: string,
  isFile: boolean,
  facts: Omit<RecordStep, "picture" | "isFile">,
  resolve: StepsOptions<ImageSource | PromiseLike<ImageSource>>["resolve"],
): ImageSource | PromiseLike<ImageSource> {
  if (!isFile && isAtHand(picture)) return picture;
  if (resolve) return resolve(picture, known(facts));
  if (isFile) {
    throw new TypeError(
      `options.resolve: expected a function, since step ${facts.number} has its screenshot in a file`,
    );
  }
  return picture;
}
