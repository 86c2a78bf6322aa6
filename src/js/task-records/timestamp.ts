import { asText } from "./json-fields.ts";

/**
 * The least number that counts as milliseconds since 1970 (it is in 1973). Lower ones are seconds (until 5138), or count from
 * another moment.
 */
export const FIRST_EPOCH_MS = 1e11;
/** The last millisecond that a `Date` can name. */
const LAST_MS = 8.64e15;

/** A timestamp in ms since 1970, from ISO 8601, where a missing zone is UTC as in the API, or from seconds or ms since 1970. */
export function asTimestamp(value: unknown): number | undefined {
  if (typeof value === "number") {
    const ms = value >= FIRST_EPOCH_MS ? value : value * 1000;
    return ms > 0 && ms <= LAST_MS ? ms : undefined;
  }
  const text = asText(value)?.replace(/^(\d{4}-\d\d-\d\d) (?=\d\d:)/, "$1T");
  if (text === undefined) return undefined;
  const hasZone = /(?:z|[+-]\d\d:?\d\d)$/i.test(text);
  const ms = Date.parse(hasZone || !text.includes("T") ? text : `${text}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}
