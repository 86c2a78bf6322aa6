import { asObjects, asText, type Json } from "../json-fields.ts";

/**
 * How agents begin what they say of a step that went wrong ("Failed - ...", "Unsuccessful"), or end it ("Verdict:
 * Failure"). What they say of a step stands with the next one.
 */
const FAILED = /^\W*(?:fail|unsuccess|error)|\bverdict\W*fail/i;

/** What browser-use says, from 0.9 on in place of an error, when an action named an element that is not there. */
const NO_ELEMENT = /^\W*element (?:with )?index \d+ (?:is )?(?:not available|not found|does not exist)/i;

/** Whether what is said of a step says that it failed. */
export function saysFailed(verdict: unknown): boolean {
  return FAILED.test(asText(verdict) ?? "");
}

/** Whether the results of a step's actions say that one of them failed; what `done` says of the task does not count. */
export function hasFailure(results: unknown): boolean {
  return asObjects(results).some(isFailure);
}

function isFailure({ error, success, is_done, extracted_content }: Json): boolean {
  if (asText(error) !== undefined) return true;
  return is_done !== true && (success === false || NO_ELEMENT.test(asText(extracted_content) ?? ""));
}

/** Whether a text is what programs print for nothing. */
export const saysNothing = (text: string) => /^(?:none|null|nil|undefined|false|nan|n\/a|-)$/i.test(text);

/** `true` when one of the signs says so; else nothing, since that a step did not fail is seldom known. */
export function failedIf(...signs: boolean[]): true | undefined {
  return signs.includes(true) || undefined;
}
