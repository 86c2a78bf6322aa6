import { tokensOf } from "./name-tokens.ts";

/** A number at the end of a name, after a separator and before an extension. */
const COUNTER = /^(.*\D|.*\p{L}[\p{L}\d]*)[-_ .](\d{1,6})(?:\.\p{L}[\p{L}\d]{0,9})?$/u;
/** Minimum number of names: the numbers of two may be consecutive by chance. */
const LEAST_NAMES = 3;

/**
 * Returns the numbers at the end of names with different words, if they count through all names, as in `start-1`, `typed-2`,
 * `ordered-3`: each name has one, none occurs twice, and at most as many are missing as there are names. Otherwise `undefined`.
 */
export function trailingCounters(names: readonly string[]): number[] | undefined {
  if (names.length < LEAST_NAMES) return undefined;
  const counters: number[] = [];
  for (const name of names) {
    const counter = COUNTER.exec(name)?.[2];
    if (counter === undefined) return undefined;
    counters.push(Number(counter));
  }
  const span = Math.max(...counters) - Math.min(...counters) + 1;
  return new Set(counters).size === names.length && span <= 2 * names.length ? counters : undefined;
}

/** Seconds of half a day: times of day that are further apart may be of two days. */
const HALF_DAY_S = 43_200;
/** Digits of a time since 1970 in seconds, ms or µs. */
const EPOCH = /^1\d{9}(?:\d{3}){0,2}$/;

/**
 * The times at the end of names that begin with different words, as in `open_1764410399` and `fill_1764410401`, in
 * seconds: a date with a time of day, a time of day, or a time since 1970. `undefined` where two are the same.
 */
export function trailingTimes(names: readonly string[]): number[] | undefined {
  const times = names.map((name) => {
    const last = tokensOf(name.replace(/\.\p{L}[\p{L}\d]{0,9}$/u, "")).at(-1);
    if (last?.kind === "time") return Number(`${last.seconds}.${last.fraction}`);
    if (last?.kind !== "number" || !EPOCH.test(last.digits)) return Number.NaN;
    return Number(`${last.digits.slice(0, 10)}.${last.digits.slice(10)}${last.fraction ?? ""}`);
  });
  const [earliest, latest] = [Math.min(...times), Math.max(...times)];
  const areOfOneDay = latest >= 86_400 * 366 ? earliest >= 86_400 * 366 : latest - earliest < HALF_DAY_S;
  return areOfOneDay && new Set(times).size === names.length ? times : undefined;
}
