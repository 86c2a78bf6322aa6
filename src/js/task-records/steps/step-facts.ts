import { asCount, asNumber, asObject, asText, type Json, textOf } from "../json-fields.ts";
import { statusOf } from "../task-facts.ts";
import { asTimestamp } from "../timestamp.ts";
import { saysNothing } from "./step-verdict.ts";

/** Field names of the facts of a step, the most certain name first. */
export const CAPTION_FIELDS = words("next_goal nextGoal caption goal instruction intent summary");
/** Further field names of captions. In an object within a step, they describe a page or an element. */
export const TITLE_FIELDS = words("title description");
const NAME_FIELDS = words("step_name stepName name label step action");
/** Texts that are no captions: a number or a file name, and texts that may contain typed text. */
const NO_CAPTION =
  /^\p{L}*[\s_#-]*\d+$|^\S+\.\w{3,4}$|^\W*(?:typ|fill|enter|input|past|send|set|writ|press|key)\w*\W+\w/iu;
export const URL_FIELDS = words(
  "url page_url pageUrl pageURL current_url currentUrl active_url activeUrl activeURL href uri location",
);
const NUMBER_FIELDS = words(
  "number step step_number stepNumber step_num step_id stepId step_index stepIndex index idx seq sequence order turn iteration",
);
const MOMENT_FIELDS = words(
  "finished_at finishedAt ended_at endedAt completed_at completedAt started_at startedAt " +
    "timestampMs timestamp_ms timestamp time_ms time ts datetime date wall_time wallTime created_at createdAt " +
    "captured_at capturedAt taken_at takenAt " +
    "end_time endTime step_end_time start_time startTime step_start_time startTimeUnixNano action_timestamp observed_time",
);
const ERROR_FIELDS = words("error errors error_message errorMessage exception");
const FAILED_FIELDS = words("failed is_error isError has_error hasError");
const SUCCESS_FIELDS = words("success succeeded passed ok is_success isSuccess isSuccessful");
const STATUS_FIELDS = words("status state outcome result verdict");
function words(text: string): readonly string[] {
  return text.split(" ");
}

/** Returns the caption of a step. */
export function captionOf(step: Json): string | undefined {
  const name = (field: string) => [textOf(step, field)].find((text) => text !== undefined && !NO_CAPTION.test(text));
  return textOf(step, ...CAPTION_FIELDS, ...TITLE_FIELDS) ?? firstOf(NAME_FIELDS, name);
}

/** The format of e-mail and HTTP: `Mon, 30 Nov 2026 14:00:00 GMT`. */
const RFC_2822 = /^(?:[a-z]{3}, )?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC?|[+-]\d{4})$/i;

/** Returns the number of a step. */
export function numberOf(step: Json): number | undefined {
  return firstOf(NUMBER_FIELDS, (name) => asCount(step[name]));
}

/** Returns the time of a step in ms. A field name with a unit also allows times since the start. */
export function momentOf(step: Json): number | undefined {
  return firstOf(MOMENT_FIELDS, (name) => {
    const value = asObject(step[name])?.$date ?? step[name];
    const text = asText(value) ?? "";
    if (RFC_2822.test(text)) return Date.parse(text);
    return (/ms$/i.test(name) ? asNumber(value) : undefined) ?? asTimestamp(value);
  });
}

/** Returns the time of a step if its format cannot be read: a time since the start in an unknown unit, `11/12/2026`. */
export function unreadMoment(step: Json): string | undefined {
  if (momentOf(step) !== undefined) return undefined;
  return firstOf(MOMENT_FIELDS, (name) => asText(step[name]) ?? asNumber(step[name])?.toString());
}

/** Whether a step or its result is marked as failed. */
export function saysFailure(step: Json): boolean {
  const result = asObject(step.result);
  return (
    ERROR_FIELDS.some((name) => isError(step[name])) ||
    FAILED_FIELDS.some((name) => /^(?:true|1)$/i.test(String(step[name]))) ||
    SUCCESS_FIELDS.some((name) => /^false$/i.test(String(step[name]))) ||
    STATUS_FIELDS.some((name) => statusOf(textOf(step, name)) === "failed") ||
    (result !== undefined && saysFailure(result))
  );
}

/** Whether a value describes an error: a text, an object that is not empty, a list of these, or `true`. */
function isError(error: unknown): boolean {
  if (Array.isArray(error)) return error.some(isError);
  const text = asText(error);
  return error === true || (text !== undefined && !saysNothing(text)) || Object.keys(asObject(error) ?? {}).length > 0;
}

function firstOf<T>(names: readonly string[], read: (name: string) => T | undefined): T | undefined {
  for (const name of names) {
    const value = read(name);
    if (value !== undefined) return value;
  }
  return undefined;
}
