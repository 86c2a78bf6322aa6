import type { Step } from "../public-types.ts";

/** What the similarity of two steps is made of, of what both have. */
const WEIGHTS = { caption: 0.6, url: 0.3, number: 0.1 };

/** What is compared of a step. */
export type ComparableStep = Pick<Step, "caption" | "url" | "failed"> & {
  /** Number of the step in the task, where that is known. */
  number?: number | undefined;
};

/** Compares the steps of two runs; texts are taken apart once. */
export class StepSimilarity {
  readonly #words = new Map<string, ReadonlyMap<string, number>>();
  readonly #known = new Map<string, number>();

  /** How alike two steps are, 0 to 1; exactly 1 for equal ones, and the same in either order. */
  of(a: ComparableStep, b: ComparableStep): number {
    let [sum, weights] = [0, 0];
    const add = (weight: number, similarity: number) => {
      sum += weight * similarity;
      weights += weight;
    };
    // A text that only one of them has speaks against the pair.
    if (a.caption || b.caption) add(WEIGHTS.caption, this.#texts(a.caption, b.caption));
    if (a.url || b.url) add(WEIGHTS.url, this.#texts(addressOf(a.url), addressOf(b.url)));
    if (a.number !== undefined && b.number !== undefined) add(WEIGHTS.number, Number(a.number === b.number));
    return weights === 0 ? 1 : sum / weights;
  }

  /** Share of the words that two texts have in common (Dice). */
  #texts(a = "", b = ""): number {
    if (a === b) return 1;
    const key = JSON.stringify(a < b ? [a, b] : [b, a]);
    let similarity = this.#known.get(key);
    if (similarity === undefined) {
      similarity = overlap(this.#wordsOf(a), this.#wordsOf(b));
      this.#known.set(key, similarity);
    }
    return similarity;
  }

  #wordsOf(text: string): ReadonlyMap<string, number> {
    let words = this.#words.get(text);
    if (!words) {
      words = countWords(text);
      this.#words.set(text, words);
    }
    return words;
  }
}

/** Words by how often they occur; in scripts without spaces, characters. */
function countWords(text: string): ReadonlyMap<string, number> {
  const found = text
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}]+/gu);
  const words = new Map<string, number>();
  for (const word of found ?? [text]) words.set(word, (words.get(word) ?? 0) + 1);
  return words;
}

function overlap(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let [common, all] = [0, 0];
  for (const [word, count] of a) {
    common += 2 * Math.min(count, b.get(word) ?? 0);
    all += count;
  }
  for (const count of b.values()) all += count;
  // Texts that are not equal never count as equal.
  return Math.min(common / all, 0.99);
}

/** An address without what changes from run to run: its query values, which are often tokens, and its fragment. */
export function addressOf(url: string | undefined): string | undefined {
  if (!url) return url;
  try {
    const { origin, protocol, pathname, searchParams } = new URL(url);
    const names = [...new Set(searchParams.keys())].sort().join(" ");
    return `${origin === "null" ? protocol : origin}${pathname}${names && ` ${names}`}`;
  } catch {
    return url;
  }
}
