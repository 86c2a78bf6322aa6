import type { Context } from "hono";
import { asTimestamp } from "../../js/task-records/timestamp.ts";
import { MOST_TEXT } from "../uploads/upload-limits.ts";
import { invalid } from "./refusal.ts";

/** Reads the JSON body of a request; an empty object if there is no body. */
export async function jsonBody(c: Context): Promise<Record<string, unknown>> {
  const bytes = await c.req.arrayBuffer();
  let value: unknown = {};
  try {
    // Text in another encoding is refused: decoded as UTF-8 it would have wrong letters.
    if (bytes.byteLength > 0) value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw invalid(["body"], "JSON decode error", "json_invalid");
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalid(["body"], "Input should be a valid dictionary", "dict_type");
}

/** Refuses unknown fields: a misspelled one would otherwise be ignored silently. */
export function assertKnown(fields: object, place: "body" | "query", names: readonly string[]): void {
  const unknown = Object.keys(fields).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw invalid([place, unknown], `Extra inputs are not permitted; expected ${names.join(", ")}`, "extra_forbidden");
}

/** Returns the fields of a query. A field that is given twice is refused, since either value may be meant. */
export function queryFields(c: Context): Record<string, string> {
  const fields = Object.entries(c.req.queries());
  const twice = fields.find(([, values]) => values.length > 1);
  if (twice) throw invalid(["query", twice[0]], "Input should be given once");
  return Object.fromEntries(fields.map(([name, [value = ""]]) => [name, value]));
}

/** Checks an optional text. */
export function textField(value: unknown, loc: string[]): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw invalid(loc, "Input should be a valid string", "string_type");
  if (value.length > MOST_TEXT) throw invalid(loc, `At most ${MOST_TEXT} characters`, "string_too_long");
  return value;
}

/** Parses an optional whole number of a query. */
export function wholeNumber(given: string | undefined, name: string, least: number, most: number): number | undefined {
  if (given === undefined) return undefined;
  if (/^\d{1,7}$/.test(given) && Number(given) >= least && Number(given) <= most) return Number(given);
  throw invalid(["query", name], `Input should be a whole number from ${least} to ${most}`, "int_parsing");
}

/** ISO 8601. Other formats are refused, since the order of day and month would be a guess. */
const ISO_DATE = /^\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?$/i;

/** Parses an optional date of a query to ms since 1970. Without a zone it is UTC, whatever the zone of the server. */
export function dateField(given: string | undefined, name: string): number | undefined {
  if (given === undefined) return undefined;
  const ms = ISO_DATE.test(given) ? asTimestamp(given) : undefined;
  if (ms === undefined) throw invalid(["query", name], "Input should be a valid datetime", "datetime_parsing");
  return ms;
}
