import { asNumber, asText } from "./json-fields.ts";

/**
 * The least number that counts as milliseconds since 1970 (it is in 1973). Lower ones are seconds (until 5138), or, below
 * a thousandth of it, count from another moment; a thousand times it are microseconds, and so on.
 */
export const FIRST_EPOCH_MS = 1e11;

/** ISO 8601 with and without separators, with the blank, the comma and the names of zones that programs write. */
const ISO =
  /^(\d{4})(-?)(\d\d)\2(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)? ?(?:Z|UTC|GMT|([+-]\d\d):?(\d\d)?(?: \w+)?)?)?$/i;
/**
 * A timestamp in ms since 1970: ISO 8601, where a missing zone is UTC as in the API, or a number, or its text, of seconds,
 * ms, µs or ns since 1970. Nothing for other texts, for days that no month has: `11/12/2026` is anybody's guess, and for
 * numbers that count from the start of a run, in seconds or in ms.
 */
export function asTimestamp(value: unknown): number | undefined {
  const text = asText(value) ?? "";
  // Fourteen digits are a date.
  const isNumber = text.length !== 14 && /^\d+(?:\.\d+)?$/.test(text);
  const number = isNumber ? Number(text) : asNumber(value);
  if (number !== undefined) return ofNumber(number);
  const [, year, , month, day, hour = "00", minute = "00", second = "00", fraction = "0", zone = "+00", rest = "00"] =
    ISO.exec(text) ?? [];
  const isDay = Number(day) <= new Date(Number(year), Number(month), 0).getDate();
  const iso = isDay ? `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction}${zone}:${rest}` : "";
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? undefined : ms;
}

function ofNumber(value: number): number | undefined {
  let ms = value < FIRST_EPOCH_MS ? value * 1000 : value;
  while (ms >= 1000 * FIRST_EPOCH_MS && ms < 1e21) ms = Math.round(ms / 1000);
  return ms < FIRST_EPOCH_MS ? undefined : ms;
}
