import { commonPrefix, type NameReading } from "./name-reading.ts";

/** A number at the start of a text, with or without an exponent: 1e-05, 2.5e3, 0.001. */
const NUMBER = /^(\d{1,30})(?:\.(\d{1,30}))?(?:e([-+]?)(\d{1,2}))?(?![\da-z])/i;
/** The start of a number at the end of a common prefix. */
const BEGUN_NUMBER = /\d[\d.]*(?:e[-+]?\d*)?$/i;

/**
 * Rewrites numbers with exponents as whole numbers if names differ first in them: 1e-05, 1e-4, 0.001. Programs write such numbers
 * with a sign, with a fraction, or beside numbers without an exponent; `1e3` alone may be part 3 of 1e. After a letter it is an
 * episode: `s1e3`.
 */
export function scientificNumbers(names: readonly string[]): NameReading {
  const prefix = commonPrefix(names).replace(BEGUN_NUMBER, "");
  const matches = names.map((name) => NUMBER.exec(name.slice(prefix.length)));
  const unchanged = { names: [...names] };
  if (!matches.every((match) => match !== null)) return unchanged;
  const withExponent = matches.filter((match) => match[4] !== undefined);
  const isSigned = withExponent.some((match) => match[3] !== "");
  if (withExponent.length === 0 || (!isSigned && /\p{L}$/u.test(prefix))) return unchanged;
  const parts = matches.map(([text, whole, fraction = "", sign, digits = "0"]) => {
    return { text, digits: whole + fraction, exponent: (sign === "-" ? -1 : 1) * Number(digits) - fraction.length };
  });
  const least = Math.min(...parts.map(({ exponent }) => exponent));
  const read = parts.map(({ text, digits, exponent }, i) => {
    return prefix + digits + "0".repeat(exponent - least) + names[i]!.slice(prefix.length + text.length);
  });
  const isOfProgram = withExponent.some(([, , fraction, sign, digits]) => {
    return sign === "+" || fraction !== undefined || (sign === "-" && /^0\d/.test(digits!));
  });
  return isOfProgram || (isSigned && withExponent.length < names.length)
    ? { names: read }
    : { names: read, others: [[...names]] };
}
