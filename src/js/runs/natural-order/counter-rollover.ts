import { commonPrefix } from "./common-prefix.ts";

/** A time of day to the second, or with the half of the day. */
const CLOCK = /^(\d{1,2})[-:._h]([0-5]\d)(?:[-:._m]([0-5]\d))?(?: ?([ap])\.?m\b)?(?!\d)/i;
const HOUR_S = 3600;
/** A counter of fixed length, as cameras write it. */
const COUNTER = /^\d{2,6}(?!\d)/;

/**
 * Which names come from before a counter has begun anew, as in `IMG_9998`, `IMG_9999`, `IMG_0001`: all have the same
 * number of digits, and the greatest run up to the end of what these digits can tell as the least go on from 0 or 1,
 * with fewer left out than there are. `undefined` where that is not so.
 */
export function beforeRollover(names: readonly string[]): boolean[] | undefined {
  const prefix = commonPrefix(names).replace(/\d+$/, "");
  const counters = names.map((name) => COUNTER.exec(name.slice(prefix.length))?.[0] ?? "");
  const [{ length } = ""] = counters;
  if (length === 0 || counters.some((text) => text.length !== length)) return undefined;
  const end = 10 ** length;
  const sorted = [...new Set(counters.map(Number))].sort((a, b) => a - b);
  const firstBefore = sorted.find((value, i) => i > 0 && value - sorted[i - 1]! > end / 2);
  if (firstBefore === undefined) return undefined;
  const least = sorted[0]!;
  const across = sorted.findLast((value) => value < firstBefore)! + end - firstBefore + 1;
  // Cameras have no picture 0.
  const missing = across - sorted.length - (least > 0 ? 1 : 0);
  return missing < sorted.length ? counters.map((text) => Number(text) >= firstBefore) : undefined;
}

/**
 * Which names come from before midnight, where all have a time of day and no date: the latest is after 18:00, the earliest
 * before 6:00, and more than eight hours lie between what comes before and what comes after. `undefined` where that is not so.
 */
export function beforeMidnight(names: readonly string[]): boolean[] | undefined {
  const prefix = commonPrefix(names).replace(/(?<!\d)\d*[-:._h]?\d*$/, "");
  if (/\d/.test(prefix)) return undefined; // perhaps a date
  const times: number[] = [];
  for (const name of names) {
    const [, hour, minute, second, half] = CLOCK.exec(name.slice(prefix.length)) ?? [];
    if (hour === undefined || (second === undefined && half === undefined) || Number(hour) > 23) return undefined;
    const hours = half ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour);
    times.push(hours * HOUR_S + Number(minute) * 60 + Number(second ?? 0));
  }
  const sorted = [...times].sort((a, b) => a - b);
  const firstBefore = sorted.find((time, i) => i > 0 && time - sorted[i - 1]! > 8 * HOUR_S);
  const isLate = firstBefore !== undefined && sorted[0]! < 6 * HOUR_S && firstBefore >= 18 * HOUR_S;
  return isLate ? times.map((time) => time >= firstBefore) : undefined;
}
