import { commonPrefix, type NameReading } from "./name-reading.ts";

/** A hexadecimal counter. */
const HEX = /^[\da-f]{1,16}(?![\da-z])/;
/** The start of a counter at the end of a common prefix. */
const BEGUN_COUNTER = /\d[\da-f]*$/;
/** Minimum number of names: two may look hexadecimal by chance. */
const LEAST_NAMES = 3;

/**
 * Rewrites hexadecimal counters as decimal ones if names differ first in them: `shot-9`, `shot-a`, `shot-10`. Counters are certainly
 * hexadecimal if "0x" precedes them, if all have the same length and begin with 0, or if few numbers are missing between them;
 * chapters such as 1a, 1b, 2a have much larger gaps. If they only may be hexadecimal, the rewritten names are in `others`.
 */
export function decimalCounters(names: readonly string[]): NameReading {
  const lower = names.map((name) => name.toLowerCase());
  const prefix = commonPrefix(lower).replace(BEGUN_COUNTER, "");
  const counters = lower.map((name) => HEX.exec(name.slice(prefix.length))?.[0] ?? "");
  const unchanged = { names: [...names] };
  const areMixed = counters.some((text) => /[a-f]/.test(text)) && counters.some((text) => /\d/.test(text));
  if (names.length < LEAST_NAMES || !areMixed || counters.includes("")) return unchanged;
  const values = counters.map((text) => BigInt(`0x${text}`));
  const isUniform = new Set(counters.map(({ length }) => length)).size === 1 && counters[0]!.length > 1;
  const arePadded = isUniform && counters.every((text) => text.startsWith("0"));
  const rest = (i: number) => names[i]!.slice(prefix.length + counters[i]!.length);
  const read = values.map((value, i) => names[i]!.slice(0, prefix.length) + value + rest(i));
  if (prefix.endsWith("0x") || arePadded || isDense(counters, values)) return { names: read };
  const mayBeHex = counters.every((text) => text.length < 8) && (isUniform || haveBothOrders(counters));
  return mayBeHex ? { names: [...names], others: [read] } : unchanged;
}

/** Whether at most as many numbers are missing as there are counters, and no more than with the decimal counters alone. */
function isDense(counters: readonly string[], values: readonly bigint[]): boolean {
  const decimal = counters.filter((text) => /^\d+$/.test(text)).map(BigInt);
  const missing = missingIn(values);
  return missing <= BigInt(new Set(values).size) && missing <= missingIn(decimal);
}

/** Returns the number of missing numbers between the smallest and the largest. */
function missingIn(values: readonly bigint[]): bigint {
  const sorted = [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
  const [least] = sorted;
  return least === undefined ? 0n : sorted.at(-1)! - least + 1n - BigInt(sorted.length);
}

/** Whether some counters are letters followed by a digit and some digits followed by a letter: neither words nor chapters. */
function haveBothOrders(counters: readonly string[]): boolean {
  return counters.some((text) => /^[a-f]+\d/.test(text)) && counters.some((text) => /^\d+[a-f]/.test(text));
}
