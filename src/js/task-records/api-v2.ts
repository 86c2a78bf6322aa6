import { asCount, asNumber, asObjects, asText, type Json, withoutUndefined } from "./json-fields.ts";
import { oldestFirst } from "./steps/oldest-first.ts";
import { asPicture } from "./steps/step-picture.ts";
import { failedIf, saysFailed } from "./steps/step-verdict.ts";
import { taskFacts } from "./task-facts.ts";
import type { RecordStep, TaskRecord } from "./task-record.ts";
import { asTimestamp } from "./timestamp.ts";

/** Reads a task of API v2: every step has its screenshot and its duration in seconds. */
export function readV2(task: Json): TaskRecord {
  let now = asTimestamp(task.startedAt) ?? asTimestamp(task.createdAt) ?? 0;
  let isKnown = true;
  const given = asObjects(task.steps);
  const { items, warnings } = oldestFirst(
    given,
    ({ number }) => asCount(number),
    () => undefined,
  );
  const steps = items.map((step, i, all): RecordStep => {
    const duration = asNumber(step.duration) ?? Number.parseFloat(asText(step.duration) ?? "");
    isKnown &&= duration >= 0;
    now += (duration || 0) * 1000;
    return withoutUndefined({
      number: asCount(step.number) ?? i + 1,
      caption: asText(step.nextGoal),
      url: asText(step.url),
      failed: failedIf(saysFailed(all[i + 1]?.evaluationPreviousGoal)),
      timestampMs: isKnown ? now : undefined,
      ...asPicture(step.screenshotUrl),
    });
  });
  return { ...taskFacts(task, "browser-use Cloud"), steps, warnings };
}
