import { commonPrefix } from "./common-prefix.ts";

/** A counter of fixed length, as cameras write it. */
const COUNTER = /^\d{2,6}(?!\d)/;

/**
 * Which names come from before a counter has begun anew, as in `IMG_9998`, `IMG_9999`, `IMG_0001`: all have the same
 * number of digits, and the greatest run up to the end of what these digits can tell as the least go on from 0 or 1,
 * with fewer left out than there are. `undefined` where that is not so.
 */
export function beforeRollover(names: readonly string[]): boolean[] | undefined {
  const prefix = commonPrefix(names).replace(/\d+$/, "");
  const counters = names.map((name) => COUNTER.exec(name.slice(prefix.length))?.[0] ?? "");
  const [{ length } = ""] = counters;
  if (length === 0 || counters.some((text) => text.length !== length)) return undefined;
  const end = 10 ** length;
  const sorted = [...new Set(counters.map(Number))].sort((a, b) => a - b);
  const firstBefore = sorted.find((value, i) => i > 0 && value - sorted[i - 1]! > end / 2);
  if (firstBefore === undefined) return undefined;
  const least = sorted[0]!;
  const across = sorted.findLast((value) => value < firstBefore)! + end - firstBefore + 1;
  // Cameras have no picture 0.
  const missing = across - sorted.length - (least > 0 ? 1 : 0);
  return missing < sorted.length ? counters.map((text) => Number(text) >= firstBefore) : undefined;
}
