import type { NameReading } from "./name-reading.ts";

const FIRST = new Set("initial start begin beginning opening setup before first".split(" "));
const LAST = new Set("final end finish finished done closing teardown after last result".split(" "));

/**
 * Rewrites names so that one without a number that stands for the begin comes before those with numbers, and one that
 * stands for the end behind them: `initial`, `step_1`, `step_2`, `final`.
 */
export function boundaryWords(names: readonly string[]): NameReading {
  const words = names.map((name) => new Set(bare(name).match(/\p{L}+/gu)));
  const isNumbered = names.map((name) => /\d/.test(bare(name)));
  const numbered = words.filter((_, i) => isNumbered[i]);
  const places = names.map((_, i) => {
    if (isNumbered[i]) return 1;
    const own = [...words[i]!].filter((word) => !numbered.every((others) => others.has(word)));
    return own.length !== 1 ? undefined : FIRST.has(own[0]!) ? 0 : LAST.has(own[0]!) ? 2 : undefined;
  });
  const areKnown = numbered.length > 1 && numbered.length < names.length && !places.includes(undefined);
  return { names: areKnown ? names.map((name, i) => `${places[i]} ${name}`) : [...names] };
}

/** A name in lower case, without its ending. */
const bare = (name: string) => name.toLowerCase().replace(/\.[a-z][a-z\d]{0,4}$/, "");
