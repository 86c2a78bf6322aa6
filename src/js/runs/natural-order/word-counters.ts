/** Words that stand at one place of several names, as far as they count. */
export type WordCounters = {
  /** Their places, where all are Roman numerals, or all are the letters that spreadsheets count columns with. */
  places?: Map<string, number>;
  /** Whether single letters among them are near each other in the alphabet, as those that count are. */
  areLetters: boolean;
};

const ROMAN = /^(?=.)m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/;
const VALUES: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1000 };
const COLUMN = /^[a-z]{1,2}$/;

/** How the words at one place count, by all of them: `ix` is behind `v` where both are numerals, `aa` behind `z`. */
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

/** Whether letters leave out no more than two for each that is there. */
function areNear(letters: readonly number[]): boolean {
  return letters.length < 2 || Math.max(...letters) - Math.min(...letters) < 3 * letters.length;
}

function romanValue(text: string): number {
  const values = [...text].map((letter) => VALUES[letter]!);
  return values.reduce((sum, value, i) => (value < (values[i + 1] ?? 0) ? sum - value : sum + value), 0);
}

const columnValue = (text: string) => [...text].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 96, 0);
