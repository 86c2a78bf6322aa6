import { asCount, asObject, type Json, textOf, withoutUndefined } from "../json-fields.ts";
import { taskFacts } from "../task-facts.ts";
import type { RecordStep, RecordWarning, TaskRecord } from "../task-record.ts";
import { clickPoints } from "./click-points.ts";
import { oldestFirst } from "./oldest-first.ts";
import { captionOf, momentOf, numberOf, saysFailure, URL_FIELDS, unreadMoment } from "./step-facts.ts";
import { pictureOf } from "./step-picture.ts";
import { failedIf, saysFailed } from "./step-verdict.ts";

/** Maximum number of steps that a warning names. */
const MOST_NUMBERS = 5;

/**
 * Reads a list of steps that name their screenshots: `{ number, next_goal, url, screenshot, finished_at }`, also under other field
 * names.
 */
export function readSteps(task: Json, given: readonly Json[]): TaskRecord {
  // Numbers of a database do not begin at 1, but ascend.
  const { items, warnings } = oldestFirst(given, (step) => numberOf(step) ?? asCount(step.id), momentOf);
  const steps = items.map((step, i, all): RecordStep => {
    const verdict = all[i + 1]?.evaluation_previous_goal ?? all[i + 1]?.evaluationPreviousGoal;
    return withoutUndefined({
      number: numberOf(step) ?? i + 1,
      caption: captionOf(step),
      url: textOf(step, ...URL_FIELDS) ?? textOf(asObject(step.page), "url"),
      failed: failedIf(saysFailure(step), saysFailed(verdict)),
      timestampMs: momentOf(step),
      ...clickPoints(step),
      ...pictureOf(step),
    });
  });
  return { ...taskFacts(task, ""), steps, warnings: [...warnings, ...unreadTimes(items), ...withoutPicture(steps)] };
}

/** Returns the warning about times that cannot be read. */
function unreadTimes(items: readonly Json[]): RecordWarning[] {
  const unread = items.map(unreadMoment).find((text) => text !== undefined);
  if (unread === undefined) return [];
  const message = `times such as ${JSON.stringify(unread.slice(0, 40))} are not taken: expected ISO 8601 or a number since 1970`;
  return [{ code: "TIMES_UNKNOWN", message }];
}

/** Returns the steps that have an empty field for their picture, such as `null`. */
function withoutPicture(steps: readonly RecordStep[]): RecordWarning[] {
  const numbers = steps.flatMap(({ number, picture }) => (picture === undefined ? [number ?? 0] : []));
  if (numbers.length === 0) return [];
  const named = numbers.slice(0, MOST_NUMBERS).join(", ");
  const more = numbers.length > MOST_NUMBERS ? ` and ${numbers.length - MOST_NUMBERS} more` : "";
  return [
    { code: "STEPS_WITHOUT_SCREENSHOT", message: `left out, since they name no screenshot: steps ${named}${more}` },
  ];
}
