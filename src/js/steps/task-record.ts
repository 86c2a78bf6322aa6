import { failedIf, saysFailed } from "./failed.ts";
import { allTimed, asMoment, asNumber, asText, type Json, known } from "./fields.ts";
import type { RecordStep } from "./types.ts";

/** Steps that name their screenshot themselves: `{ number, next_goal, url, screenshot, finished_at }`. */
export function stepsOfRecord(steps: readonly Json[]): RecordStep[] {
  return allTimed(
    steps.map(
      (step, i, all): RecordStep =>
        known({
          number: asNumber(step.number) ?? asNumber(step.step) ?? i + 1,
          caption: asText(step.next_goal) ?? asText(step.caption),
          url: asText(step.url),
          failed: failedIf(
            step.failed === true,
            asText(step.error) !== undefined,
            saysFailed(all[i + 1]?.evaluation_previous_goal),
          ),
          timestampMs: asMoment(step.finished_at) ?? asMoment(step.started_at),
          picture: asText(step.screenshot),
        }),
    ),
  );
}
