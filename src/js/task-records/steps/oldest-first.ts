import type { Json } from "../json-fields.ts";
import type { RecordWarning } from "../task-record.ts";

/** Items in chronological order, and a warning about a guess. */
export type OldestFirst = { items: readonly Json[]; warnings: RecordWarning[] };

const TURNED = "the list began with its last step";
/** Minimum number of items: between two, the clock may have been set back. */
const FEWEST_TIMED = 3;

/**
 * Reverses a list with the newest item first, as many APIs return it: each number is lower than the previous one, or without numbers
 * each time is earlier. Other lists keep their order, with a warning if numbers decrease. `numberOf` and `timeOf` return `undefined`
 * for an item without a number or time.
 */
export function oldestFirst(
  items: readonly Json[],
  numberOf: (item: Json) => number | undefined,
  timeOf: (item: Json) => number | undefined,
): OldestFirst {
  const numbers = items.map(numberOf);
  const areNumbered = numbers.some((number) => number !== undefined);
  const values = areNumbered ? numbers : items.map(timeOf);
  const descend = values.every((value, i) => value !== undefined && (i === 0 || value < values[i - 1]!));
  if (!descend || items.length < (areNumbered ? 2 : FEWEST_TIMED)) {
    return { items, warnings: numbersGoingBack(numbers) };
  }
  return { items: [...items].reverse(), warnings: [{ code: "ORDER_GUESSED", message: TURNED }] };
}

/** Returns the warning about decreasing step numbers, as of mixed up steps or of two runs in one list. */
export function numbersGoingBack(numbers: readonly (number | undefined)[]): RecordWarning[] {
  const known = numbers.filter((number) => number !== undefined);
  const at = known.findIndex((number, i) => i > 0 && number < known[i - 1]!);
  if (at < 0) return [];
  const message =
    `step ${known[at]} stands behind step ${known[at - 1]}; the order of the record stands, ` +
    "but it may be mixed up, or hold the steps of several runs";
  return [{ code: "ORDER_GUESSED", message }];
}
