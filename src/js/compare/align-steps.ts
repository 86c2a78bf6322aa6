import type { AlignedPair } from "./run-comparison.ts";
import { type ComparableStep, StepSimilarity } from "./step-similarity.ts";

/** Minimum similarity of a pair. */
const LEAST_SIMILARITY = 0.4;
/** Bonus for a pair at similar positions in both runs: so small that it decides only between equally similar pairs. */
const PLACE_WEIGHT = 0.01;

/**
 * Aligns the steps of two runs (Needleman and Wunsch 1970): returns pairs of similar steps in the order of both runs, with
 * the largest possible total similarity. Every step occurs exactly once. Steps without a counterpart keep their place, those
 * of the first run before those of the second. Swapping the runs gives the same pairs.
 */
export function alignSteps(a: readonly ComparableStep[], b: readonly ComparableStep[]): AlignedPair[] {
  // Among equally good alignments the result would depend on the order of the runs, so a canonical order is used.
  const isSwapped = keyOf(a) > keyOf(b);
  const [first, second] = isSwapped ? [b, a] : [a, b];
  const pairs = bestPairs(first, second).map(([i, j, similarity]) => {
    return isSwapped ? { a: j, b: i, similarity } : { a: i, b: j, similarity };
  });
  return [...withOthers(pairs, a.length, b.length)];
}

function keyOf(steps: readonly ComparableStep[]): string {
  return JSON.stringify(steps.map(({ caption, url, number }) => [caption ?? null, url ?? null, number ?? null]));
}

type Match = [i: number, j: number, similarity: number];

/** Returns the matches with the largest total score, in order. */
function bestPairs(a: readonly ComparableStep[], b: readonly ComparableStep[]): Match[] {
  const [rows, columns] = [a.length + 1, b.length + 1];
  const similarities = new StepSimilarity();
  const similarityOf = (i: number, j: number) => similarities.of(a[i]!, b[j]!);
  const gainOf = (i: number, j: number) => {
    const similarity = similarityOf(i, j);
    if (similarity < LEAST_SIMILARITY) return Number.NEGATIVE_INFINITY;
    return similarity - LEAST_SIMILARITY / 2 - PLACE_WEIGHT * Math.abs(i / a.length - j / b.length);
  };
  // best[i * columns + j]: the largest score of the steps from i and from j to the end.
  const best = new Float64Array(rows * columns);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const skip = Math.max(best[(i + 1) * columns + j]!, best[i * columns + j + 1]!);
      best[i * columns + j] = Math.max(skip, gainOf(i, j) + best[(i + 1) * columns + j + 1]!);
    }
  }
  const matches: Match[] = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    const most = best[i * columns + j]!;
    if (gainOf(i, j) + best[(i + 1) * columns + j + 1]! === most) matches.push([i, j, similarityOf(i++, j++)]);
    else if (best[(i + 1) * columns + j]! === most) i++;
    else j++;
  }
  return matches;
}

/** Returns the matches together with the steps between them that have no counterpart. */
function* withOthers(
  matches: readonly Required<AlignedPair>[],
  countA: number,
  countB: number,
): Generator<AlignedPair> {
  let [a, b] = [0, 0];
  for (const match of [...matches, { a: countA, b: countB, similarity: 0 }]) {
    while (a < match.a) yield { a: a++, similarity: 0 };
    while (b < match.b) yield { b: b++, similarity: 0 };
    if (a < countA && b < countB) yield match;
    a++;
    b++;
  }
}
