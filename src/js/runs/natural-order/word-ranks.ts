/**
 * Words with an order that differs from the alphabet: "before" comes before "after", March before April. Each line is one family in
 * its order; synonyms share a rank. Months are those of
 * English, German, French, Spanish, Italian, Portuguese and Dutch.
 */
const FAMILIES: readonly (readonly string[])[] = [
  ["before|pre", "during|while", "after|post"],
  ["start|begin|beginning|initial|opening", "middle|mid", "end|final|finish|finished|done|closing"],
  ["previous|prev|old", "current|now", "next|new"],
  ["request", "response"],
  ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
  ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last"],
  ["mon|monday", "tue|tuesday", "wed|wednesday", "thu|thursday", "fri|friday", "sat|saturday", "sun|sunday"],
  [
    "jan|january|januar|janvier|janv|enero|ene|gennaio|janeiro|januari|jänner",
    "feb|february|februar|février|fevrier|févr|fevr|fév|febrero|febbraio|fevereiro|fev|februari",
    "mar|march|märz|maerz|mrz|mär|mars|marzo|março|marco|maart|mrt",
    "apr|april|avril|avr|abril|abr|aprile",
    "may|mai|mayo|maggio|mag|maio|mei",
    "jun|june|juni|juin|junio|giugno|giu|junho",
    "jul|july|juli|juillet|juil|julio|luglio|lug|julho",
    "aug|august|août|aout|agosto|ago|augustus",
    "sep|sept|september|septembre|septiembre|settembre|setembro",
    "oct|october|oktober|okt|octobre|octubre|ottobre|ott|outubro",
    "nov|november|novembre|noviembre|novembro",
    "dec|december|dezember|dez|décembre|decembre|déc|diciembre|dic|dicembre|dezembro",
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
