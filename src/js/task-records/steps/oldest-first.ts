import type { Json } from "../json-fields.ts";
import type { RecordWarning } from "../task-record.ts";

/** Items in the order in which they happened, and what is to be said of it. */
export type OldestFirst = { items: readonly Json[]; warnings: RecordWarning[] };

const TURNED = "the list began with its last step";
/** Of two, the clock may have been set back between them. */
const FEWEST_TIMED = 3;

/**
 * Turns round a list that begins with its end, as answers of many APIs do: each number is lower than the one before it,
 * or, where there are no numbers, each time is earlier. Numbers that go back anywhere else leave the order as it is, with
 * a warning. `numberOf` and `timeOf` give nothing where an item says none.
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

/** The warning about numbers of steps that go back, as where steps are mixed up, or those of two runs are one list. */
export function numbersGoingBack(numbers: readonly (number | undefined)[]): RecordWarning[] {
  const known = numbers.filter((number) => number !== undefined);
  const at = known.findIndex((number, i) => i > 0 && number < known[i - 1]!);
  if (at < 0) return [];
  const message =
    `step ${known[at]} stands behind step ${known[at - 1]}; the order of the record stands, ` +
    "but it may be mixed up, or hold the steps of several runs";
  return [{ code: "ORDER_GUESSED", message }];
}
