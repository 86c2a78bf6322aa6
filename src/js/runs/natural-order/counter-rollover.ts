import { commonPrefix } from "./name-readings/name-reading.ts";
import { rankOf } from "./word-ranks.ts";

/** A time of day with separators, with or without am or pm. */
const CLOCK = /^(\d{1,2})[-:._h]([0-5]\d)(?:[-:._m]([0-5]\d))?(?: ?([ap])\.? ?m\b)?(?!\d|[-:._]\d\d\b)/i;
/** A time of day of four or six digits. */
const COMPACT_CLOCK = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)?(?!\d)/;
/** A possible date before a time of day. */
const DATE = /\d{6}|\d[-._ ]\d+[-._ ]\d|(?:19|20)\d\d(?!\d)/;
const HOUR_S = 3600;
/** A counter of fixed length, as in the names of cameras. */
const COUNTER = /^\d{2,6}(?!\d)/;
/** A month and a day. */
const MONTH_DAY = /^(0[1-9]|1[0-2])[-._](0[1-9]|[12]\d|3[01])(?!\d|[-._ ]?\d)/;
/** Families of words that form a cycle, with the length of the cycle: months, days of the week. */
const CYCLES: ReadonlyMap<string, number> = new Map([
  ["jan", 12],
  ["mon", 7],
]);

/**
 * Returns for each name whether it precedes a rollover of the counter, as in `IMG_9998`, `IMG_9999`, `IMG_0001`: all counters have
 * the same number of digits, and fewer numbers are missing across the rollover than there are names. `undefined` if there is no
 * rollover.
 */
export function beforeRollover(names: readonly string[]): boolean[] | undefined {
  const prefix = commonPrefix(names).replace(/\d+$/, "");
  const counters = names.map((name) => COUNTER.exec(name.slice(prefix.length))?.[0] ?? "");
  const [first = ""] = counters;
  if (first === "" || counters.some((text) => text.length !== first.length)) return undefined;
  // DSC09999 is followed by DSC00001: the zero is none of the counter's digits.
  const zeros = Math.min(...counters.map((text) => /^0*/.exec(text)![0].length));
  const length = first.length - zeros;
  if (length < 2) return undefined;
  // Cameras have no picture 0.
  const isFromOne = counters.every((text) => Number(text) > 0);
  return beforeEnd(counters.map(Number), 10 ** length, isFromOne ? 1 : 0);
}

/**
 * Returns for each value whether it precedes the wrap from `end` (excluded) to `least`, if fewer values are missing across the wrap
 * than there are.
 */
function beforeEnd(values: readonly number[], end: number, least: number): boolean[] | undefined {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const firstBefore = sorted.find((value, i) => i > 0 && value - sorted[i - 1]! > (end - least) / 2);
  if (firstBefore === undefined) return undefined;
  const across = sorted.findLast((value) => value < firstBefore)! - least + end - firstBefore + 1;
  return across - sorted.length < sorted.length ? values.map((value) => value >= firstBefore) : undefined;
}

/**
 * Returns for each name whether it precedes midnight, if all have a time of day and no date. The earliest time must be before 6:00,
 * and the first one after a gap of more than eight hours at 18:00 or later; for four digits, which are more often a counter, before
 * 2:00 and at 22:00 or later. On 12-hour clocks without am and pm, as in `12.59.59` and `1.00.05`, it is noon or midnight.
 * `undefined` for other names.
 */
export function beforeMidnight(names: readonly string[]): boolean[] | undefined {
  const common = commonPrefix(names);
  // The common prefix may end within the hour or after it.
  return (
    beforeMidnightAfter(common.replace(/\d*$/, ""), names) ??
    beforeMidnightAfter(common.replace(/(?<!\d)\d*[-:._h]?\d*$/, ""), names)
  );
}

/** `prefix` precedes the time in all names. */
function beforeMidnightAfter(prefix: string, names: readonly string[]): boolean[] | undefined {
  if (DATE.test(prefix)) return undefined;
  const clocks = names.map((name) => {
    const text = name.slice(prefix.length);
    return CLOCK.exec(text) ?? COMPACT_CLOCK.exec(text);
  });
  if (!clocks.every((clock) => clock !== null && Number(clock[1]) < 24)) return undefined;
  const times = clocks.map((clock) => {
    const [, hour, minute, second, half] = clock!;
    const hours = half ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour);
    return hours * HOUR_S + Number(minute) * 60 + Number(second ?? 0);
  });
  const isFourDigits = clocks.every((clock) => /^\d{4}$/.test(clock![0]));
  const [latest, earliest] = isFourDigits ? [22 * HOUR_S, 2 * HOUR_S] : [18 * HOUR_S, 6 * HOUR_S];
  const overMidnight = beforeGap(times, (first, last) => first >= latest && last < earliest);
  if (overMidnight) return overMidnight;
  const isOf12 = clocks.every((clock) => {
    const hour = Number(clock![1]);
    return clock![3] !== undefined && hour >= 1 && hour <= 12;
  });
  const isPadded = clocks.every((clock) => clock![1]!.length === 2 || /^\d{6}/.test(clock![0]));
  return isOf12 && !isPadded ? beforeGap(times, (first, last) => first >= 12 * HOUR_S && last < 5 * HOUR_S) : undefined;
}

/**
 * Returns for each time whether it follows the first gap of more than eight hours: in the order of the names, it then precedes the
 * others. `isBegin` checks the first time after the gap and the earliest of all.
 */
function beforeGap(
  times: readonly number[],
  isBegin: (first: number, earliest: number) => boolean,
): boolean[] | undefined {
  const sorted = [...times].sort((a, b) => a - b);
  const first = sorted.find((time, i) => i > 0 && time - sorted[i - 1]! > 8 * HOUR_S);
  return first !== undefined && isBegin(first, sorted[0]!) ? times.map((time) => time >= first) : undefined;
}

/**
 * Returns for each name whether it precedes New Year or Monday, for names with a month or weekday but no year: `12-31`, `01-01`;
 * `Dec`, `Jan`; `Sat`, `Sun`, `Mon`. `undefined` if neither lies between the names.
 */
export function beforeNewCycle(names: readonly string[]): boolean[] | undefined {
  if (names.some((name) => /(?<!\d)(?:19|20)\d\d(?!\d)/.test(name))) return undefined;
  const prefix = commonPrefix(names).replace(/[\d\-._]*$/, "");
  const months = names.map((name) => MONTH_DAY.exec(name.slice(prefix.length))?.[1]);
  if (months.every((month) => month !== undefined)) return beforeEnd(months.map(Number), 13, 1);
  const ranks = names.map((name) => {
    const words = name.toLowerCase().match(/\p{L}+/gu) ?? [];
    return words.map(rankOf).find((rank) => rank !== undefined && CYCLES.has(rank.family));
  });
  const [first] = ranks;
  if (!first || ranks.some((rank) => rank?.family !== first.family)) return undefined;
  return beforeEnd(
    ranks.map((rank) => rank!.rank),
    CYCLES.get(first.family)!,
    0,
  );
}
