/** The words at one place of the names, read as counters. */
export type WordCounters = {
  /** Their values, if all are Roman numerals or all are column letters of spreadsheets. */
  places?: Map<string, number>;
  /** Whether the single letters among them are near each other in the alphabet, so that they count. */
  areLetters: boolean;
};

const ROMAN = /^(?=.)m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/;
const VALUES: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1000 };
const COLUMN = /^[a-z]{1,2}$/;

/** Reads the words at one place as counters: `ix` comes after `v` if both are Roman numerals, `aa` after `z` if both are columns. */
export function wordCounters(words: ReadonlySet<string>): WordCounters {
  const texts = [...words];
  const areLetters = areNear(texts.filter((text) => text.length === 1).map((letter) => letter.codePointAt(0)!));
  for (const [pattern, toNumber] of [
    [ROMAN, romanValue],
    [COLUMN, columnValue],
  ] as const) {
    if (words.size < 2 || !texts.some((text) => text.length > 1) || !texts.every((text) => pattern.test(text)))
      continue;
    const values = texts.map(toNumber);
    const isDense = Math.max(...values) - Math.min(...values) < 2 * values.length;
    if (isDense) return { areLetters, places: new Map(texts.map((text, i) => [text, values[i]!])) };
  }
  return { areLetters };
}

/** Whether at most twice as many letters are missing between them as there are. */
function areNear(letters: readonly number[]): boolean {
  return letters.length < 2 || Math.max(...letters) - Math.min(...letters) < 3 * letters.length;
}

function romanValue(text: string): number {
  const values = [...text].map((letter) => VALUES[letter]!);
  return values.reduce((sum, value, i) => (value < (values[i + 1] ?? 0) ? sum - value : sum + value), 0);
}

const columnValue = (text: string) => [...text].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 96, 0);
