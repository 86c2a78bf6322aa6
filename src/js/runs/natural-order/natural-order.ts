import { isCopyWord } from "./copies.ts";
import { beforeMidnight, beforeNewCycle, beforeRollover } from "./counter-rollover.ts";
import { boundaryWords } from "./name-readings/boundary-words.ts";
import { decimalCounters } from "./name-readings/hex-counters.ts";
import type { NameReading } from "./name-readings/name-reading.ts";
import { prereleases } from "./name-readings/prereleases.ts";
import { scientificNumbers } from "./name-readings/scientific-numbers.ts";
import { shortDates } from "./name-readings/short-dates.ts";
import { wordPairs } from "./name-readings/word-pairs.ts";
import { yearFirst } from "./name-readings/year-first.ts";
import { zoneOffsets } from "./name-readings/zone-offsets.ts";
import { areShortIds } from "./short-ids.ts";
import { type NumberPart, SECONDS_DIGITS, type SortPart, sortKeys } from "./sort-keys.ts";
import { trailingCounters, trailingTimes } from "./trailing-counters.ts";

/**
 * The basis of the order of names, from the most to the least certain:
 *
 * - `number`: numbers, times and words with an order ("before")
 * - `date`, `version`, `exponent`, `hex`: numbers with a possible other meaning, see `READERS`
 * - `fraction`: fractions that may be counters
 * - `short id`: short identifiers that may be random
 * - `rollover`: a counter, a clock or a calendar that started again
 * - `alphabet`: a guess
 * - `tie`: names that differ only in their extension, a separator or the precision of a time
 * - `id`: random identifiers, which have no order
 */
export type OrderBasis =
  | "number"
  | "date"
  | "version"
  | "exponent"
  | "hex"
  | "pair"
  | "fraction"
  | "short id"
  | "rollover"
  | "alphabet"
  | "tie"
  | "id";

/** Names in natural order. */
export type NaturalOrder = {
  /** Indices into the given names, in natural order. */
  indices: number[];
  /** The least certain basis of the order of two neighbors. */
  basis: OrderBasis;
  /** The first two neighbors whose order has that basis; absent for fewer than two names. */
  between?: [string, string];
  /** With the basis "rollover": how many names precede the rollover. */
  before?: number;
};

/** An order, and whether it reads numbers as fractions that may be counters. */
type OrderOfParts = NaturalOrder & { haveLikelyFractions: boolean };

/** Readers of other things than plain numbers, in the order in which they rewrite the names. */
const READERS: readonly (readonly [OrderBasis, (names: readonly string[]) => NameReading])[] = [
  ["date", zoneOffsets],
  ["date", yearFirst],
  ["date", shortDates],
  ["version", prereleases],
  ["exponent", scientificNumbers],
  ["hex", decimalCounters],
  ["pair", wordPairs],
  ["number", boundaryWords],
];
const STRENGTH: readonly OrderBasis[] = ["number", "alphabet", "tie", "id"];
const collator = new Intl.Collator("en");

/**
 * Orders file names, or paths with "/", by their numbers, dates, times and words of order. Extensions are not compared, so that
 * "login.png" comes before "login (1).png". Whether "1.10" comes after "1.9" (a counter) or before it (a fraction), and whether a
 * hyphen is a sign, is decided for all names together. A number or time at the end decides if only the alphabet would otherwise.
 */
export function naturalOrder(names: readonly string[]): NaturalOrder {
  let compared = names;
  const doubts: { basis: OrderBasis; other: readonly string[] }[] = [];
  for (const [basis, read] of READERS) {
    const reading = read(compared);
    for (const other of reading.others ?? []) doubts.push({ basis, other });
    compared = reading.names;
  }
  const order = orderByParts(names, compared);
  if (order.basis === "number") return withDoubts(names, compared, order, doubts);
  const counters =
    order.basis === "alphabet" || order.basis === "id" ? (trailingCounters(names) ?? trailingTimes(names)) : undefined;
  if (!counters) return order;
  return { indices: [...names.keys()].sort((a, b) => counters[a]! - counters[b]!), basis: "number" };
}

/** Returns the order with the basis of a guess if another reading of the names gives another order. */
function withDoubts(
  names: readonly string[],
  compared: readonly string[],
  order: OrderOfParts,
  doubts: readonly { basis: OrderBasis; other: readonly string[] }[],
): NaturalOrder {
  for (const { basis, other } of doubts) {
    const between = firstInverted(names, order, orderByParts(names, other));
    if (between) return { ...order, basis, between };
  }
  if (order.haveLikelyFractions) {
    const between = firstInverted(names, order, orderByParts(names, compared, true));
    if (between) return { ...order, basis: "fraction", between };
  }
  if (areShortIds(names))
    return { ...order, basis: "short id", between: [names[order.indices[0]!]!, names[order.indices[1]!]!] };
  return rolledOver(names, compared, order);
}

/** Returns the first two neighbors of an order that have the opposite order in `other`. */
function firstInverted(
  names: readonly string[],
  order: NaturalOrder,
  other: NaturalOrder,
): [string, string] | undefined {
  const places = new Map(other.indices.map((index, place) => [index, place]));
  const at = order.indices.findIndex((index, i) => i > 0 && places.get(index)! < places.get(order.indices[i - 1]!)!);
  return at < 0 ? undefined : [names[order.indices[at - 1]!]!, names[order.indices[at]!]!];
}

/** Returns the order with the names before a rollover of a counter, a clock or a calendar first. */
function rolledOver(names: readonly string[], compared: readonly string[], order: NaturalOrder): NaturalOrder {
  const isBefore = beforeRollover(names) ?? beforeMidnight(names) ?? beforeNewCycle(compared);
  if (!isBefore) return order;
  const [before, after] = [true, false].map((wanted) => order.indices.filter((i) => isBefore[i] === wanted));
  const between: [string, string] = [names[before!.at(-1)!]!, names[after![0]!]!];
  return { indices: [...before!, ...after!], basis: "rollover", between, before: before!.length };
}

/** Orders `names` by the keys of `compared`, the rewritten names. `asCounters`: reads likely fractions as counters. */
function orderByParts(names: readonly string[], compared: readonly string[], asCounters = false): OrderOfParts {
  const { keys, haveLikelyFractions } = sortKeys(compared, asCounters);
  const indices = [...names.keys()].sort(
    (a, b) => compareKeys(keys[a]!, keys[b]!) || compareText(names[a]!, names[b]!),
  );
  const order: OrderOfParts = { indices, basis: "number", haveLikelyFractions };
  for (let i = 1; i < indices.length; i++) {
    const [a, b] = [indices[i - 1]!, indices[i]!];
    const basis = basisOf(keys[a]!, keys[b]!);
    if (order.between && STRENGTH.indexOf(basis) <= STRENGTH.indexOf(order.basis)) continue;
    order.basis = basis;
    order.between = [names[a]!, names[b]!];
  }
  return order;
}

/** Returns names in natural order. */
export function sortNaturally(names: readonly string[]): string[] {
  return naturalOrder(names).indices.map((index) => names[index]!);
}

function compareKeys(a: readonly SortPart[], b: readonly SortPart[]): number {
  const at = firstDifference(a, b);
  if (at < a.length && at < b.length) return compareParts(a[at]!, b[at]!);
  return a.length - b.length;
}

function firstDifference(a: readonly SortPart[], b: readonly SortPart[]): number {
  let at = 0;
  while (at < a.length && at < b.length && compareParts(a[at]!, b[at]!) === 0) at++;
  return at;
}

function compareParts(a: SortPart, b: SortPart): number {
  if (a.kind === "number" && b.kind === "number") {
    if (a.isNegative !== b.isNegative) return a.isNegative ? -1 : 1;
    const size =
      compareDigits(a.digits, b.digits) ||
      compareText(a.fraction, b.fraction) ||
      compareDigits(a.minor ?? "", b.minor ?? "");
    return a.isNegative ? -size : size;
  }
  if (a.kind === "word" && b.kind === "word") {
    return collator.compare(a.text, b.text) || (a.rank ?? 0) - (b.rank ?? 0);
  }
  if (a.kind === "id" && b.kind === "id") return compareText(a.text, b.text);
  return a.place - b.place;
}

/** Compares whole numbers of any length without leading zeros. */
const compareDigits = (a: string, b: string) => a.length - b.length || compareText(a, b);

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Returns the basis of the order of two neighbors. */
function basisOf(a: readonly SortPart[], b: readonly SortPart[]): OrderBasis {
  const at = firstDifference(a, b);
  const [before, after] = [a[at], b[at]];
  if (!before && !after) return "tie";
  if ([before, after].some((part) => part?.kind === "id" && !part.hasOrder)) return "id";
  if (before?.kind === "number" && after?.kind === "number") return isSameTime(before, after) ? "tie" : "number";
  if (before?.kind !== "word" && after?.kind !== "word") return "number";
  if (before?.kind === "word" && after?.kind === "word") {
    const isRanked = before.text === after.text;
    return isRanked || (before.isLetter && after.isLetter) ? "number" : "alphabet";
  }
  const rest = b.slice(at);
  const isNext =
    !before && rest.some((part) => part.kind === "number" || (part.kind === "word" && isCopyWord(part.text)));
  return isNext ? "number" : "alphabet";
}

/** Whether two times are equal at the precision of the coarser one: 1700000000 equals any time within that second. */
function isSameTime({ digits, told = 0 }: NumberPart, other: NumberPart): boolean {
  return told !== (other.told ?? 0) && Math.min(told, other.told ?? 0) === SECONDS_DIGITS && digits === other.digits;
}
