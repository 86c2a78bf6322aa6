import { reject } from "../options/argument-checks.ts";
import { isV1, readV1 } from "./api-v1.ts";
import { readV2 } from "./api-v2.ts";
import { isV4, readV3 } from "./api-v3.ts";
import { isHistory, readHistory } from "./browser-use/history.ts";
import { asObject, asObjects, asText, type Json } from "./json-fields.ts";
import { JsonError, parseJson } from "./parse-json.ts";
import { readSteps } from "./steps/step-list.ts";
import { asPicture, hasPictureField, nestsScreenshot, pictureOf } from "./steps/step-picture.ts";
import type { TaskRecord } from "./task-record.ts";

/** Kinds of records, recognized by fields that only they have. */
export type RecordKind = "history" | "v1" | "v2" | "v3" | "steps" | "pictures";

const EXPECTED =
  "a task of API v1 or v2, messages of API v3, an AgentHistoryList, or { steps: [{ number, next_goal, url, screenshot }] }";

/** Returns the JSON value of a record, which may be its text. */
export function recordValue(record: unknown): unknown {
  if (typeof record !== "string") return record;
  try {
    return parseJson(record);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new TypeError(`record: expected ${EXPECTED}, found ${error.message}`);
  }
}

/** Returns the kind of a record; `undefined` for other values. */
export function kindOf(value: unknown): RecordKind | undefined {
  if (Array.isArray(value)) return kindOfList(value);
  const task = asObject(value);
  if (!task) return undefined;
  if (Array.isArray(task.history)) {
    const items = asObjects(task.history);
    // Other records have an empty list with this name too.
    const isEmpty = items.length === 0 && Object.keys(task).length === 1;
    return isEmpty || isHistory(items) ? "history" : undefined;
  }
  if (Array.isArray(task.messages)) {
    return task.messages.length === 0 || has(asObjects(task.messages), "screenshotUrl") ? "v3" : undefined;
  }
  const steps = asObjects(task.steps);
  if (isHistory(steps)) return "history";
  if (has(steps, "screenshotUrl") || has(steps, "nextGoal")) return "v2";
  // An empty field does not count if the pictures are listed beside the steps.
  const areListed = listedPictures(task.screenshots).some((picture) => picture !== undefined);
  if (steps.some(hasPictureField) && !(areListed && !steps.some(pictureOf))) return "steps";
  if (steps.some(nestsScreenshot)) return undefined;
  const hasSteps = Array.isArray(task.steps) || task.steps === null;
  if (isV1(steps)) return "v1";
  return steps.length === 0 && (isPictureList(task.screenshots) || (hasSteps && isTask(task))) ? "v1" : undefined;
}

function kindOfList(list: readonly unknown[]): RecordKind | undefined {
  const items = asObjects(list);
  if (isHistory(items)) return "history";
  if (items.some((item) => "screenshotUrl" in item && "summary" in item)) return "v3";
  if (list.length === 0 || items.some(hasPictureField)) return "steps";
  return isPictureList(list) && list.some((item) => asText(item) !== undefined) ? "pictures" : undefined;
}

/** Reads a record of any kind. `screenshots`: addresses for a task of API v1 that contains none. */
export function readRecord(value: unknown, screenshots: readonly string[] | undefined): TaskRecord {
  const task = asObject(value) ?? {};
  const list = Array.isArray(value) ? value : undefined;
  switch (kindOf(value) ?? (screenshots && isEmptyTask(task) ? "v1" : undefined)) {
    case "history":
      return readHistory(asObjects(list ?? task.history ?? task.steps));
    case "v3":
      return readV3(task, asObjects(list ?? task.messages));
    case "v2":
      return readV2(task);
    case "steps":
      return readSteps(task, asObjects(list ?? task.steps));
    case "pictures":
      return readSteps(
        {},
        list!.map((screenshot) => ({ screenshot })),
      );
    case "v1":
      return readV1(task, screenshots ?? listedPictures(task.screenshots));
    default:
      return refuse(value, task);
  }
}

/** Whether a record is a task of API v1 without screenshots, which then have to be found elsewhere. */
export function lacksPictures(value: unknown): boolean {
  return (
    kindOf(value) === "v1" && !listedPictures(asObject(value)?.screenshots).some((picture) => picture !== undefined)
  );
}

/** Error text for records of API v4. */
export const V4_MESSAGE =
  "expected screenshots, found a run of browser-use's API v4, which keeps none, only a video (recordingUrl)";

function refuse(value: unknown, task: Json): never {
  if (isV4(value)) throw new TypeError(`record: ${V4_MESSAGE}`);
  const named = Object.keys(task).slice(0, 6).join(", ").slice(0, 80);
  if (named !== "") throw new TypeError(`record: expected ${EXPECTED}, found an object with ${named}`);
  return reject("record", EXPECTED, Array.isArray(value) ? "an array of something else" : value);
}

const has = (items: readonly Json[], name: string) => items.some((item) => name in item);

/** Fields that a task of the API has even before its first step. Records of other tools may have a status and no steps, too. */
const isTask = (task: Json) => ("task" in task || "screenshots" in task) && ("status" in task || "id" in task);

const isEmptyTask = (task: Json) => asObjects(task.steps).length === 0;

function isPictureList(value: unknown): value is (string | null)[] {
  return Array.isArray(value) && value.every((item) => item === null || typeof item === "string");
}

/** Returns pictures by position; `undefined` for a missing one. */
function listedPictures(value: unknown): (string | undefined)[] {
  return isPictureList(value) ? value.map((item) => asPicture(item)?.picture) : [];
}
