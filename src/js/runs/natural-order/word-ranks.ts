/**
 * Words with an order that differs from the alphabet: "before" comes before "after", March before April. Each line is one family in
 * its order; synonyms share a rank.
 */
const FAMILIES: readonly (readonly string[])[] = [
  ["before", "during|while", "after"],
  ["start|begin|beginning|initial|opening", "middle|mid", "end|final|finish|finished|done|closing"],
  ["previous|prev|old", "current|now", "next|new"],
  ["request", "response"],
  ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
  ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last"],
  ["mon|monday", "tue|tuesday", "wed|wednesday", "thu|thursday", "fri|friday", "sat|saturday", "sun|sunday"],
  [
    "jan|january",
    "feb|february",
    "mar|march",
    "apr|april",
    "may",
    "jun|june",
    "jul|july",
    "aug|august",
    "sep|sept|september",
    "oct|october",
    "nov|november",
    "dec|december",
  ],
];

/** The family of a word, named by its first word, and its rank in the family, from 0. */
export type WordRank = { family: string; rank: number };

const RANKS = new Map<string, WordRank>(
  FAMILIES.flatMap((places) =>
    places.flatMap((words, rank) =>
      words.split("|").map((word): [string, WordRank] => [word, { family: places[0]!.split("|")[0]!, rank }]),
    ),
  ),
);

/** Returns the rank of a word in lower case; `undefined` for words without one. */
export const rankOf = (word: string): WordRank | undefined => RANKS.get(word);
