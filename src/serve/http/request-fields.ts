import type { Context } from "hono";
import { MOST_TEXT } from "../uploads/upload-limits.ts";
import { invalid } from "./refusal.ts";

/** A body of JSON, which may be missing. */
export async function jsonBody(c: Context): Promise<Record<string, unknown>> {
  const bytes = await c.req.arrayBuffer();
  let value: unknown = {};
  try {
    // A text of another encoding must not become one with wrong letters.
    if (bytes.byteLength > 0) value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw invalid(["body"], "JSON decode error", "json_invalid");
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalid(["body"], "Input should be a valid dictionary", "dict_type");
}

/** A text, if it is there. */
export function textField(value: unknown, loc: string[]): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw invalid(loc, "Input should be a valid string", "string_type");
  if (value.length > MOST_TEXT) throw invalid(loc, `At most ${MOST_TEXT} characters`, "string_too_long");
  return value;
}

/** A whole number of a query, if it is there. */
export function wholeNumber(given: string | undefined, name: string, least: number, most: number): number | undefined {
  if (given === undefined) return undefined;
  if (/^\d{1,7}$/.test(given) && Number(given) >= least && Number(given) <= most) return Number(given);
  throw invalid(["query", name], `Input should be a whole number from ${least} to ${most}`, "int_parsing");
}

/** A date of a query in ms, if it is there. */
export function dateField(given: string | undefined, name: string): number | undefined {
  if (given === undefined) return undefined;
  const ms = Date.parse(given);
  if (Number.isNaN(ms)) throw invalid(["query", name], "Input should be a valid datetime", "datetime_parsing");
  return ms;
}
