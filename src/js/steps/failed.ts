import { asObjects, asText } from "./fields.ts";

/**
 * How agents begin what they say of a step that went wrong ("Failed - ...", "Unsuccessful"), or end it ("Verdict:
 * Failure"). What they say of a step stands with the next one.
 */
const FAILED = /^\W*(?:fail|unsuccess|error)|\bverdict\W*fail/i;

/** Whether what is said of a step says that it failed. */
export function saysFailed(verdict: unknown): boolean {
  return FAILED.test(asText(verdict) ?? "");
}

/** Whether the result of one of a step's actions is an error. */
export function hasError(results: unknown): boolean {
  return asObjects(results).some(({ error }) => asText(error) !== undefined);
}

/** `true` when one of the signs says so; else nothing, since that a step did not fail is seldom known. */
export function failedIf(...signs: boolean[]): true | undefined {
  return signs.includes(true) || undefined;
}
