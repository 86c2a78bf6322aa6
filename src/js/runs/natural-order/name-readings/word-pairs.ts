import { rankOf } from "../word-ranks.ts";
import type { NameReading } from "./name-reading.ts";

/** A word and a number behind it. */
const PAIRED = /(\p{L}+)([-_ ]?)(\d+)(?=\.\p{L}[\p{L}\d]*$|$)/u;
/** Families of words of which each step has a picture each. */
const FAMILIES = new Set(["before", "start", "previous", "request"]);

/**
 * Rewrites names of pairs so that the number comes first: `before-1`, `after-1`, `before-2`, `after-2`. They may as well
 * be two runs, one behind the other.
 */
export function wordPairs(names: readonly string[]): NameReading {
  const matches = names.map((name) => PAIRED.exec(name));
  const families = new Set(matches.map((match) => rankOf(match?.[1]?.toLowerCase() ?? "")?.family));
  const [family] = families;
  const numbers = new Set(matches.map((match) => match?.[3]));
  const arePairs = families.size === 1 && family !== undefined && FAMILIES.has(family) && numbers.size < names.length;
  if (!arePairs) return { names: [...names] };
  const read = names.map((name) =>
    name.replace(PAIRED, (_, word, separator, number) => `${number}${separator} ${word}`),
  );
  return { names: read, others: [[...names]] };
}
