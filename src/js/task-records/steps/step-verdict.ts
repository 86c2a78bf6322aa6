import { asObjects, asText, type Json } from "../json-fields.ts";

/**
 * Start ("Failed - ...", "Unsuccessful"), end ("Verdict: Failure") or middle ("was not successful") of the evaluation of a failed
 * step. The evaluation of a step is a field of the next step.
 */
const FAILED =
  /^\W*(?:fail|unsuccess|not? success|error(?!s?\W*(?:none|no\b|0|free)))|\bverdict\W*fail|\b(?:is|was|were) (?:un|not )success/i;

/** Message of browser-use 0.9 and later, instead of an error, for an action on a missing element. */
const NO_ELEMENT = /^\W*element (?:with )?index \d+ (?:is )?(?:not available|not found|does not exist)/i;

/** Whether an evaluation says that the step failed. */
export function saysFailed(verdict: unknown): boolean {
  return FAILED.test(asText(verdict) ?? "");
}

/** Whether one of the actions of a step failed, by their results; the result of `done` does not count. */
export function hasFailure(results: unknown): boolean {
  return asObjects(results).some(isFailure);
}

function isFailure({ error, success, is_done, extracted_content }: Json): boolean {
  if (asText(error) !== undefined) return true;
  return is_done !== true && (success === false || NO_ELEMENT.test(asText(extracted_content) ?? ""));
}

/** Whether a text stands for no value: `none`, `null` and the like. */
export const saysNothing = (text: string) => /^(?:none|null|nil|undefined|false|nan|n\/a|-)$/i.test(text);

/** Returns `true` if one of the signs is true; otherwise `undefined`, since records seldom say that a step succeeded. */
export function failedIf(...signs: boolean[]): true | undefined {
  return signs.includes(true) || undefined;
}
