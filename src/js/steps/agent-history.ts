import { failedIf, hasError, saysFailed } from "./failed.ts";
import { allTimed, asMoment, asObject, asObjects, asText, type Json, known } from "./fields.ts";
import type { RecordStep } from "./types.ts";

/**
 * The history of an agent as browser-use saves it. Older versions hold the picture itself, newer ones a path; the goal
 * stands in the model's output, in older versions inside `current_state`. Steps without a picture keep their number.
 */
export function stepsOfHistory(history: readonly Json[]): RecordStep[] {
  return allTimed(
    history.map((item, i): RecordStep => {
      const output = asObject(item.model_output);
      const state = asObject(item.state);
      const inline = asText(state?.screenshot);
      const next = asObject(history[i + 1]?.model_output);
      const verdict = next?.evaluation_previous_goal ?? asObject(next?.current_state)?.evaluation_previous_goal;
      const goal = asText(output?.next_goal) ?? asText(asObject(output?.current_state)?.next_goal);
      return known({
        number: i + 1,
        caption: goal,
        url: asText(state?.url),
        failed: failedIf(hasError(item.result), saysFailed(verdict)),
        timestampMs: asMoment(asObject(item.metadata)?.step_end_time),
        picture: inline ?? asText(state?.screenshot_path),
        isFile: inline === undefined,
      });
    }),
  );
}

/** The items of a saved history. */
export function historyItems(record: Json): Json[] {
  return asObjects(record.history);
}
