import { asCount, asObjects, asText, type Json, withoutUndefined } from "./json-fields.ts";
import { failedIf, saysFailed } from "./steps/step-verdict.ts";
import { taskFacts } from "./task-facts.ts";
import type { RecordStep, RecordWarning, TaskRecord } from "./task-record.ts";

/** Fields of steps that only API v1 has. */
const FIELDS = ["next_goal", "evaluation_previous_goal"];

/** Whether steps are those of API v1. An empty list counts only if screenshots are listed. */
export function isV1(steps: readonly Json[]): boolean {
  return steps.some((step) => FIELDS.some((name) => name in step) || asCount(step.step) !== undefined);
}

/**
 * Reads a task of API v1. The screenshots are a separate list: they are joined to the steps by the number in the file name
 * (`step_3.png`), or else by position, for which missing screenshots count too.
 */
export function readV1(task: Json, screenshots: readonly (string | undefined)[]): TaskRecord {
  const { items, isSorted } = byNumbers(asObjects(task.steps));
  const steps = items.map((step, i, all) => ({
    number: asCount(step.step) ?? i + 1,
    caption: asText(step.next_goal),
    url: asText(step.url),
    failed: failedIf(saysFailed(all[i + 1]?.evaluation_previous_goal)),
  }));
  const byNumber = new Map(steps.map((step) => [step.number, step]));
  const numbers = screenshots.map((picture) => picture && numberIn(picture));
  const known = numbers.filter((number) => typeof number === "number");
  const areNumbered = known.length === screenshots.filter(Boolean).length && new Set(known).size === known.length;
  const join = areNumbered && (steps.length === 0 || known.some((number) => byNumber.has(number)));
  const joined = screenshots.flatMap((picture, i): RecordStep[] => {
    if (picture === undefined) return [];
    const number = join ? (numbers[i] as number) : (steps[i]?.number ?? i + 1);
    const step = join ? byNumber.get(number) : steps[i];
    return [withoutUndefined({ number, caption: step?.caption, url: step?.url, failed: step?.failed, picture })];
  });
  return {
    ...taskFacts(task, "browser-use Cloud"),
    steps: join ? joined.sort((a, b) => a.number - b.number) : joined,
    warnings: join
      ? partlyMatched(joined, steps)
      : [...(isSorted ? [] : [SORTED]), ...matchedByPlace(screenshots.length, steps.length)],
  };
}

const SORTED: RecordWarning = {
  code: "ORDER_GUESSED",
  message:
    "the steps do not stand in the order of their numbers, and their screenshots have none: each of both was taken in its order",
};

/** Sorts steps by their numbers, if each has one of its own. */
function byNumbers(steps: readonly Json[]): { items: readonly Json[]; isSorted: boolean } {
  const numbers = steps.map((step) => asCount(step.step));
  const areKnown = !numbers.includes(undefined) && new Set(numbers).size === numbers.length;
  const isSorted = !areKnown || numbers.every((number, i) => i === 0 || number! > numbers[i - 1]!);
  return { items: isSorted ? steps : [...steps].sort((a, b) => asCount(a.step)! - asCount(b.step)!), isSorted };
}

function matchedByPlace(pictures: number, steps: number): RecordWarning[] {
  if (steps === 0 || steps === pictures) return [];
  const message = `${pictures} screenshots were matched to ${steps} steps by their place, since their names have no step numbers`;
  return [{ code: "STEPS_NOT_MATCHED", message }];
}

/** Returns the warning about screenshots of unknown steps beside steps without a screenshot: they may be numbered differently. */
function partlyMatched(joined: readonly RecordStep[], steps: readonly { number: number }[]): RecordWarning[] {
  const known = new Set(steps.map(({ number }) => number));
  const shown = new Set(joined.map(({ number }) => number));
  const stray = joined.find(({ number }) => !known.has(number));
  const bare = steps.find(({ number }) => !shown.has(number));
  if (!stray || !bare) return [];
  const message =
    `there is a screenshot of step ${stray.number}, which the task does not have, and none of its step ${bare.number}: ` +
    "names may count from another number than the steps";
  return [{ code: "STEPS_NOT_MATCHED", message }];
}

function numberIn(url: string): number | undefined {
  const match = /step[_-]?(\d{1,6})(?=[^\d/]*$)/i.exec(url.replace(/[?#].*$/s, ""));
  return match ? Number(match[1]) : undefined;
}
