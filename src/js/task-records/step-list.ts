import { clickPoints } from "./click-points.ts";
import { asCount, asText, type Json, textOf, withoutUndefined } from "./json-fields.ts";
import { pictureOf } from "./step-picture.ts";
import { failedIf, saysFailed } from "./step-verdict.ts";
import { taskFacts } from "./task-facts.ts";
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
  "created_at",
  "createdAt",
];

/**
 * Steps that name their screenshot themselves: `{ number, next_goal, url, screenshot, finished_at }`, or other words for
 * the same.
 */
export function readSteps(task: Json, items: readonly Json[]): TaskRecord {
  const steps = items.map((step, i, all): RecordStep => {
    const verdict = all[i + 1]?.evaluation_previous_goal ?? all[i + 1]?.evaluationPreviousGoal;
    return withoutUndefined({
      number: asCount(step.number) ?? asCount(step.step) ?? asCount(step.step_number) ?? i + 1,
      caption: textOf(step, ...GOALS),
      url: textOf(step, "url", "page_url", "pageUrl"),
      failed: failedIf(step.failed === true, isError(step.error), step.status === "failed", saysFailed(verdict)),
      timestampMs: momentOf(step),
      ...clickPoints(step),
      ...pictureOf(step),
    });
  });
  return { ...taskFacts(task, ""), steps, warnings: withoutPicture(steps) };
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

const isError = (error: unknown) => asText(error) !== undefined || (typeof error === "object" && error !== null);

function momentOf(step: Json): number | undefined {
  for (const name of MOMENTS) {
    const moment = asTimestamp(step[name]);
    if (moment !== undefined) return moment;
  }
  return undefined;
}
