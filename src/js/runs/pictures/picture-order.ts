import { naturalOrder, type OrderBasis } from "../natural-order/natural-order.ts";

/** The properties that order a picture: the name of its file, and its modification time in ms since 1970. */
export type NamedPicture = { readonly name: string; readonly modifiedMs?: number | undefined };

/** Pictures in order. `guess` says how an uncertain order was chosen. */
export type OrderedPictures<T> = { pictures: readonly T[]; guess?: string };

/** Maximum difference in ms of the times of files that were copied together. */
const COPY_MS = 60_000;

/** Texts of guesses by the basis of the order. NAMES are the first two neighbors that it concerns. */
const GUESSES: Readonly<Record<Exclude<OrderBasis, "number" | "rollover" | "id">, string>> = {
  tie: "names do not say which of NAMES comes first",
  alphabet: "names have no numbers that say which of NAMES comes first: the alphabet decides",
  hex: "names do not say whether their numbers are hexadecimal, as in NAMES: they were read as decimal",
  date: "names do not say whether the numbers in NAMES are dates, and begin with the day, the month or the year: they were taken in this order",
  pair: "names do not say whether their words or their numbers come first, as in NAMES: their numbers were taken",
  version:
    "names do not say whether letters behind a version mean what came before it, as in NAMES: they were taken in this order",
  exponent: "names do not say whether an e stands for an exponent, as in NAMES: they were taken in this order",
  fraction:
    "names do not say whether digits behind a point are a fraction or a counter, as in NAMES: a fraction was taken",
  "short id": "names such as NAMES look drawn by chance: their numbers and letters decide",
};

/** Returns the pictures of a folder in the order of their names or of their times, or the reason why they have no order. */
export function orderOf<T extends NamedPicture>(
  pictures: readonly T[],
  order: "name" | "time",
): OrderedPictures<T> | string {
  if (order === "time") return orderByTime(pictures);
  const { indices, basis, between, before = 0 } = naturalOrder(pictures.map(({ name }) => name));
  const sorted = { pictures: indices.map((index) => pictures[index]!) };
  if (basis === "number") return sorted;
  const names = between!.map((name) => JSON.stringify(name)).join(" and ");
  const wayOut = 'options.order "time" (--order time) takes them in the order in which the files were written';
  if (basis === "id") return `expected names that say an order, found names drawn by chance as ${names}; ${wayOut}`;
  if (basis === "rollover") return orderAcrossRollover(sorted.pictures, before, `${names}; ${wayOut}`);
  return { ...sorted, guess: `${GUESSES[basis].replace("NAMES", () => names)}; ${wayOut}` };
}

/**
 * Orders pictures of which the first `before` have the highest numbers of a counter that may have rolled over after them. The times
 * of the files decide, unless all were copied within `COPY_MS`: copies are written in the order of the names.
 */
function orderAcrossRollover<T extends NamedPicture>(
  pictures: readonly T[],
  before: number,
  names: string,
): OrderedPictures<T> {
  const byNumber = [...pictures.slice(before), ...pictures.slice(0, before)];
  if (areInOrderOfTime(pictures, before, 1)) return { pictures };
  if (areInOrderOfTime(byNumber, pictures.length - before, COPY_MS)) return { pictures: byNumber };
  return { pictures, guess: `the counter, the clock or the calendar may have begun anew between ${names}` };
}

/** Whether files were written one after another, and the file at `second` at least `leastMs` after the one before it. */
function areInOrderOfTime(pictures: readonly NamedPicture[], second: number, leastMs: number): boolean {
  const times = pictures.map(({ modifiedMs }) => modifiedMs ?? Number.NaN);
  return times.every((ms, i) => i === 0 || ms - times[i - 1]! >= (i === second ? leastMs : 0));
}

function orderByTime<T extends NamedPicture>(pictures: readonly T[]): OrderedPictures<T> | string {
  const remedy = "number the names, or give the pictures in a list";
  const [untimed] = pictures.filter(({ modifiedMs }) => modifiedMs === undefined);
  if (untimed)
    return `expected files that say when they were written, found none of ${JSON.stringify(untimed.name)}; ${remedy}`;
  const sorted = [...pictures].sort((a, b) => a.modifiedMs! - b.modifiedMs!);
  const at = sorted.findIndex(({ modifiedMs }, i) => i > 0 && modifiedMs === sorted[i - 1]!.modifiedMs);
  if (at < 0) return { pictures: sorted };
  const names = [sorted[at - 1]!, sorted[at]!].map(({ name }) => JSON.stringify(name)).join(" and ");
  if (sorted[0]!.modifiedMs === sorted.at(-1)!.modifiedMs) {
    return `expected files written one after the other, found the same time on all, as on ${names}: copying sets it; ${remedy}`;
  }
  return { pictures: sorted, guess: `${names} were written at the same time; their names decide` };
}
