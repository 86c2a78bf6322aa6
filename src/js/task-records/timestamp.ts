import { asNumber, asText } from "./json-fields.ts";

/**
 * Smallest number that counts as milliseconds since 1970 (a time in 1973). Lower numbers are seconds (until 5138), or below a
 * thousandth of it relative times. From a thousand times it on, numbers are microseconds, and then nanoseconds.
 */
export const FIRST_EPOCH_MS = 1e11;

/** ISO 8601 with or without separators, also with a space, a comma or the name of a zone. */
const ISO =
  /^(\d{4})(-?)(\d\d)\2(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)? ?(?:Z|UTC|GMT|([+-]\d\d):?(\d\d)?(?: \w+)?)?)?$/i;
/**
 * Parses a timestamp into ms since 1970: ISO 8601, in UTC without a zone as in the API, or a number or its text in seconds, ms, µs or
 * ns since 1970. `undefined` for other texts such as the ambiguous `11/12/2026`, for impossible dates, and for relative times.
 */
export function asTimestamp(value: unknown): number | undefined {
  const text = asText(value) ?? "";
  // Fourteen digits are a date, not a number.
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
