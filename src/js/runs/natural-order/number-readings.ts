import type { NumberToken } from "./name-tokens.ts";

/** How the numbers at one place of the names are read. */
export type NumberReading = {
  isSigned: boolean;
  /** Whether digits behind a point are a fraction, not a counter of their own. */
  isDecimal: boolean;
  /** Whether they may as well be the other one. */
  isDecimalGuessed: boolean;
  hasUnits: boolean;
  areEpochs: boolean;
  areThousands: boolean;
};

/** `isVersion`: whether a "v" precedes them. */
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
 * Whether 1,000 and 1.001 are a thousand and more: all have three digits there, others have none and are below 1000, and
 * together they leave out no more numbers than there are.
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

/** Whether all are times since 1970, from 2001 to 2033, some in seconds, others in milliseconds or finer. */
function areMixedEpochs(tokens: readonly NumberToken[]): boolean {
  const lengths = new Set(tokens.map(({ digits }) => digits.length));
  return (
    lengths.size > 1 &&
    tokens.every(({ digits }) => /^[12](?:\d{9}|\d{12}|\d{15}|\d{18})$/.test(digits) && digits < "2")
  );
}

/**
 * A hyphen separates ("shot-1") unless it stands behind "=", "_" or a bracket, or other names have a number without it in the
 * same place: any behind a space, 0 or a plus sign behind a letter.
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
 * Digits behind a point are a fraction where digits before it are seconds since 1970 or all 0, and likely one where they
 * have changing lengths and are no counter: nothing ends in 0, which no tool prints at the end of a fraction, and they do
 * not follow each other closely.
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
