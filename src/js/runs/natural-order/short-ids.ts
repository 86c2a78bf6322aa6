import { commonPrefix } from "./name-readings/name-reading.ts";

/** A run of letters and digits, up to a separator or the end. */
const RUN = /^[\da-z]{5,7}(?![\da-z])/i;

/**
 * Whether names differ first in identifiers of 5 to 7 letters and digits that look random: all have the same length, digits and
 * letters are at different positions, and no two have the same letters. Longer identifiers are recognized one by one
 * (name-tokens.ts).
 */
export function areShortIds(names: readonly string[]): boolean {
  const prefix = commonPrefix(names).replace(/[\da-z]*$/i, "");
  const runs = names.map((name) => RUN.exec(name.slice(prefix.length))?.[0].toLowerCase() ?? "");
  const mixed = runs.filter((run) => run.split(/(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)/).length >= 3);
  const patterns = new Set(runs.map((run) => run.replace(/\d/g, "0").replace(/[a-z]/g, "a")));
  const letters = new Set(runs.map((run) => run.replace(/\d+/g, " ").trim()));
  return (
    names.length > 1 &&
    new Set(runs.map(({ length }) => length)).size === 1 &&
    runs[0] !== "" &&
    2 * mixed.length >= runs.length &&
    patterns.size > 1 &&
    letters.size === runs.length
  );
}
