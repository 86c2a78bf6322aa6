import { commonPrefix } from "./common-prefix.ts";
import type { NameReading } from "./name-reading.ts";

/** Digits and letters of one counter. */
const HEX = /^[\da-f]{1,16}(?![\da-z])/;
/** The part of a counter that several names have in common. */
const BEGUN_COUNTER = /\d[\da-f]*$/;
/** Names of which two may agree by chance. */
const FEWEST = 3;

/**
 * Rewrites hexadecimal counters as decimal ones where names differ first in them: `shot-9`, `shot-a`, `shot-10`. They are
 * hexadecimal for certain where "0x" precedes them, where all have the same length and begin with 0, or where they leave
 * out no more than those without letters do as decimal numbers; chapters such as 1a, 1b, 2a leave out much more. Where they may
 * as well be something else, they stay as they are.
 */
export function decimalCounters(names: readonly string[]): NameReading {
  const lower = names.map((name) => name.toLowerCase());
  const prefix = commonPrefix(lower).replace(BEGUN_COUNTER, "");
  const counters = lower.map((name) => HEX.exec(name.slice(prefix.length))?.[0] ?? "");
  const asTheyWere = { names: [...names] };
  const areMixed = counters.some((text) => /[a-f]/.test(text)) && counters.some((text) => /\d/.test(text));
  if (names.length < FEWEST || !areMixed || counters.includes("")) return asTheyWere;
  const values = counters.map((text) => BigInt(`0x${text}`));
  const isUniform = new Set(counters.map(({ length }) => length)).size === 1 && counters[0]!.length > 1;
  const arePadded = isUniform && counters.every((text) => text.startsWith("0"));
  const rest = (i: number) => names[i]!.slice(prefix.length + counters[i]!.length);
  const read = values.map((value, i) => names[i]!.slice(0, prefix.length) + value + rest(i));
  if (prefix.endsWith("0x") || arePadded || isDense(counters, values)) return { names: read };
  const mayBeHex = counters.every((text) => text.length < 8) && (isUniform || isOfTwoKinds(counters));
  return mayBeHex ? { names: [...names], others: [read] } : asTheyWere;
}

/** Whether counters follow each other closely, and at least as closely as decimal ones would. */
function isDense(counters: readonly string[], values: readonly bigint[]): boolean {
  const decimal = counters.filter((text) => /^\d+$/.test(text)).map(BigInt);
  const missing = missingIn(values);
  return missing <= BigInt(new Set(values).size) && missing <= missingIn(decimal);
}

/** How many numbers between the least and the greatest are not there. */
function missingIn(values: readonly bigint[]): bigint {
  const sorted = [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
  const [least] = sorted;
  return least === undefined ? 0n : sorted.at(-1)! - least + 1n - BigInt(sorted.length);
}

/** Some begin with a letter and have digits, some begin with a digit and have letters: neither words nor chapters. */
function isOfTwoKinds(counters: readonly string[]): boolean {
  return counters.some((text) => /^[a-f]+\d/.test(text)) && counters.some((text) => /^\d+[a-f]/.test(text));
}
