import { clickPoints } from "./click-points.ts";
import { asCount, asNumber, asObject, asText, type Json, textOf, withoutUndefined } from "./json-fields.ts";
import { oldestFirst } from "./oldest-first.ts";
import { pictureOf } from "./step-picture.ts";
import { failedIf, saysFailed } from "./step-verdict.ts";
import { statusOf, taskFacts } from "./task-facts.ts";
import type { RecordStep, RecordWarning, TaskRecord } from "./task-record.ts";
import { asTimestamp } from "./timestamp.ts";

const GOALS = ["next_goal", "nextGoal", "caption", "goal", "title", "description"];
/** Steps that a warning names. */
const MOST_NUMBERS = 5;
const MOMENTS = [
  "finished_at",
  "finishedAt",
  "started_at",
  "startedAt",
  "timestampMs",
  "timestamp",
  "time",
  "created_at",
  "createdAt",
];

/**
 * Steps that name their screenshot themselves: `{ number, next_goal, url, screenshot, finished_at }`, or other words for
 * the same.
 */
export function readSteps(task: Json, given: readonly Json[]): TaskRecord {
  const { items, warnings } = oldestFirst(given, numberOf, momentOf);
  const steps = items.map((step, i, all): RecordStep => {
    const verdict = all[i + 1]?.evaluation_previous_goal ?? all[i + 1]?.evaluationPreviousGoal;
    return withoutUndefined({
      number: numberOf(step) ?? i + 1,
      caption: textOf(step, ...GOALS),
      url: textOf(step, "url", "page_url", "pageUrl"),
      failed: failedIf(step.failed === true, isError(step.error), isFailure(step), saysFailed(verdict)),
      timestampMs: momentOf(step),
      ...clickPoints(step),
      ...pictureOf(step),
    });
  });
  return { ...taskFacts(task, ""), steps, warnings: [...warnings, ...withoutPicture(steps)] };
}

/** Steps that were to name a picture and do not, such as `null` in their place. */
function withoutPicture(steps: readonly RecordStep[]): RecordWarning[] {
  const numbers = steps.flatMap(({ number, picture }) => (picture === undefined ? [number ?? 0] : []));
  if (numbers.length === 0) return [];
  const named = numbers.slice(0, MOST_NUMBERS).join(", ");
  const more = numbers.length > MOST_NUMBERS ? ` and ${numbers.length - MOST_NUMBERS} more` : "";
  return [
    { code: "STEPS_WITHOUT_SCREENSHOT", message: `left out, since they name no screenshot: steps ${named}${more}` },
  ];
}

/** Whether something is said of an error: a text, or an object that is not empty. */
const isError = (error: unknown) => asText(error) !== undefined || Object.keys(asObject(error) ?? {}).length > 0;

/** Whether a step says in a word that it failed, or that it did not succeed. */
function isFailure(step: Json): boolean {
  const word = textOf(step, "status", "state", "outcome");
  return statusOf(word) === "failed" || step.success === false;
}

const numberOf = (step: Json) => asCount(step.number) ?? asCount(step.step) ?? asCount(step.step_number);

function momentOf(step: Json): number | undefined {
  for (const name of MOMENTS) {
    // A name that tells the unit is right for times since the start, too.
    const ms = name.endsWith("Ms") ? asNumber(step[name]) : undefined;
    const moment = ms ?? asTimestamp(step[name]);
    if (moment !== undefined) return moment;
  }
  return undefined;
}
