/** A number at the end of a name, after a separator and before an extension. */
const COUNTER = /^(.*\D)[-_ .](\d{1,6})(?:\.\p{L}[\p{L}\d]{0,9})?$/u;
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
