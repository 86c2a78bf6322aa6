import { failedIf, saysFailed } from "./failed.ts";
import { allTimed, asMoment, asNumber, asObjects, asText, type Json, known } from "./fields.ts";
import type { RecordStep } from "./types.ts";

/** API v2: every step has its screenshot, and says in seconds how long it took. */
export function stepsOfV2(task: Json): RecordStep[] {
  let now = asMoment(task.startedAt) ?? asMoment(task.createdAt) ?? 0;
  let isKnown = true;
  const steps = asObjects(task.steps).map((step, i, all): RecordStep => {
    const duration = asNumber(step.duration);
    isKnown &&= duration !== undefined && duration >= 0;
    now += (duration ?? 0) * 1000;
    return known({
      number: asNumber(step.number) ?? i + 1,
      caption: asText(step.nextGoal),
      url: asText(step.url),
      failed: failedIf(saysFailed(all[i + 1]?.evaluationPreviousGoal)),
      timestampMs: isKnown ? now : undefined,
      picture: asText(step.screenshotUrl),
    });
  });
  return allTimed(steps);
}
