import type { NumberToken } from "./name-tokens.ts";

/** The meaning of the numbers at one place of the names. */
export type NumberReading = {
  /** Whether "-" before a number is a sign. */
  isSigned: boolean;
  /** Whether digits after a point are a fraction, not another counter. */
  isDecimal: boolean;
  /** Whether `isDecimal` is a guess. */
  isDecimalGuessed: boolean;
  /** Whether all numbers have units of time, and not all the same. */
  hasUnits: boolean;
  /** Whether all are times since 1970 in different units. */
  areEpochs: boolean;
  /** Whether a point separates thousands. */
  areThousands: boolean;
};

/** Decides the meaning of the numbers at one place. `isVersion`: whether a "v" precedes them. */
export function readingOf(tokens: readonly NumberToken[], isVersion: boolean): NumberReading {
  const units = new Set(tokens.map(({ unitMs }) => unitMs));
  const decimal = units.size > 1 ? "yes" : isVersion ? "no" : areDecimal(tokens);
  return {
    areThousands: haveThousands(tokens),
    isSigned: areSigned(tokens),
    isDecimal: decimal === "yes" || decimal === "likely",
    isDecimalGuessed: decimal === "likely",
    hasUnits: units.size > 1 && !units.has(undefined),
    areEpochs: areMixedEpochs(tokens),
  };
}

/**
 * Whether 1,000 and 1.001 are thousands: all such numbers have three digits after the point, the others have no point and at most
 * three digits, and at most as many numbers are missing between them as there are.
 */
function haveThousands(tokens: readonly NumberToken[]): boolean {
  const isGroup = ({ fraction, digits }: NumberToken) => fraction?.length === 3 && digits.length <= 3;
  const plain = tokens.filter(({ fraction }) => fraction === undefined);
  if (plain.length === 0 || plain.some(({ digits }) => digits.length > 3)) return false;
  if (plain.length === tokens.length || !tokens.every((token) => token.fraction === undefined || isGroup(token)))
    return false;
  const values = new Set(tokens.map(({ digits, fraction = "" }) => Number(digits + fraction)));
  return Math.max(...values) - Math.min(...values) < 2 * values.size;
}

/** Whether all are times since 1970, from 2001 to 2033, in different units: seconds, milliseconds or finer. */
function areMixedEpochs(tokens: readonly NumberToken[]): boolean {
  const lengths = new Set(tokens.map(({ digits }) => digits.length));
  return (
    lengths.size > 1 &&
    tokens.every(({ digits }) => /^[12](?:\d{9}|\d{12}|\d{15}|\d{18})$/.test(digits) && digits < "2")
  );
}

/**
 * Whether hyphens are signs. A hyphen is a separator ("shot-1"), unless it follows "=", "_" or a bracket, or another name has a
 * number without a hyphen at the same place: any number after a space, 0 or a plus sign after a letter.
 */
function areSigned(tokens: readonly NumberToken[]): boolean {
  const hasPlain = tokens.some(({ sign }) => sign !== "-");
  const hasZero = tokens.some(({ sign, digits }) => sign === "+" || (sign !== "-" && digits === "0"));
  return tokens.some(
    ({ sign, signAfter }) =>
      sign === "-" &&
      (signAfter === "separator" || (signAfter === "gap" && hasPlain) || (signAfter === "letter" && hasZero)),
  );
}

/**
 * Whether digits after a point are a fraction. They are if the digits before it are seconds since 1970. Otherwise they must have
 * different lengths: then they are if one begins with 0, and are not if one ends in 0, which no tool prints at the end of a
 * fraction, or if they count closely. The rest are if a number begins with "0.", and likely are else.
 */
function areDecimal(tokens: readonly NumberToken[]): "yes" | "likely" | "no" {
  const fractions = tokens.filter(({ fraction }) => fraction !== undefined);
  if (fractions.some(({ digits }) => digits.length >= 9)) return "yes";
  if (new Set(fractions.map(({ fraction }) => fraction!.length)).size < 2) return "no";
  if (fractions.some(({ fraction }) => /^0\d/.test(fraction!))) return "yes";
  if (fractions.some(({ fraction }) => /\d0$/.test(fraction!))) return "no";
  const minors = new Map<string, Set<number>>();
  for (const { digits, fraction } of fractions) {
    minors.set(digits, (minors.get(digits) ?? new Set()).add(Number(fraction)));
  }
  const isCounter = [...minors.values()].every(
    (values) => Math.max(...values) - Math.min(...values) + 1 <= 2 * values.size,
  );
  if (isCounter) return "no";
  return fractions.some(({ digits }) => digits === "0") ? "yes" : "likely";
}
