/** A number at the end of a name, behind a separator, and the ending of a file. */
const COUNTER = /^(.*\D)[-_ .](\d{1,6})(?:\.\p{L}[\p{L}\d]{0,9})?$/u;
/** Names of which two may agree by chance. */
const FEWEST = 3;

/**
 * The numbers at the end of names that begin with different words, where they count through all of them, as in
 * `start-1`, `typed-2`, `ordered-3`: there is one each, none twice, and at most as many are left out as there are.
 */
export function trailingCounters(names: readonly string[]): number[] | undefined {
  if (names.length < FEWEST) return undefined;
  const counters: number[] = [];
  for (const name of names) {
    const counter = COUNTER.exec(name)?.[2];
    if (counter === undefined) return undefined;
    counters.push(Number(counter));
  }
  const span = Math.max(...counters) - Math.min(...counters) + 1;
  return new Set(counters).size === names.length && span <= 2 * names.length ? counters : undefined;
}
