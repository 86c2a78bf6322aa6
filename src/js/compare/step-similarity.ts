import type { Step } from "../public-types.ts";

/** Weights of the properties that both steps have. */
const WEIGHTS = { caption: 0.6, url: 0.3, number: 0.1 };

/** The properties of a step that are compared. */
export type ComparableStep = Pick<Step, "caption" | "url" | "failed"> & {
  /** Number of the step in the task, if known. */
  number?: number | undefined;
};

/** Compares the steps of two runs. Each text is split into words only once. */
export class StepSimilarity {
  readonly #words = new Map<string, ReadonlyMap<string, number>>();
  readonly #known = new Map<string, number>();

  /** Returns the similarity of two steps, 0 to 1: exactly 1 for equal steps, and symmetric. */
  of(a: ComparableStep, b: ComparableStep): number {
    let [sum, weights] = [0, 0];
    const add = (weight: number, similarity: number) => {
      sum += weight * similarity;
      weights += weight;
    };
    // A text that only one step has lowers the similarity.
    if (a.caption || b.caption) add(WEIGHTS.caption, this.#texts(a.caption, b.caption));
    if (a.url || b.url) add(WEIGHTS.url, this.#texts(addressOf(a.url), addressOf(b.url)));
    if (a.number !== undefined && b.number !== undefined) add(WEIGHTS.number, Number(a.number === b.number));
    return weights === 0 ? 1 : sum / weights;
  }

  /** Returns the share of words that two texts have in common (Dice coefficient). */
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

/** Returns the number of occurrences of each word, or of each character in scripts without spaces. */
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
  // Different texts never have the similarity of equal ones.
  return Math.min(common / all, 0.99);
}

/** Returns an address without the parts that change from run to run: query values, which are often tokens, and fragment. */
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
