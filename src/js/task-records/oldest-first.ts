import type { Json } from "./json-fields.ts";
import type { RecordWarning } from "./task-record.ts";

/** Items in the order in which they happened, and what was done for it. */
export type OldestFirst = { items: readonly Json[]; warnings: RecordWarning[] };

const TURNED = "the list began with its last step";
/** Of two, the clock may have been set back between them. */
const FEWEST = 3;

/**
 * Turns round a list that begins with its end, as answers of many APIs do: each number is lower than the one before it,
 * or, where there are no numbers, each time is earlier. `numberOf` and `timeOf` give nothing where an item says none.
 */
export function oldestFirst(
  items: readonly Json[],
  numberOf: (item: Json) => number | undefined,
  timeOf: (item: Json) => number | undefined,
): OldestFirst {
  const numbers = items.map(numberOf);
  const values = numbers.some((number) => number !== undefined) ? numbers : items.map(timeOf);
  const descend = values.every((value, i) => value !== undefined && (i === 0 || value < values[i - 1]!));
  if (items.length < FEWEST || !descend) return { items, warnings: [] };
  return { items: [...items].reverse(), warnings: [{ code: "ORDER_GUESSED", message: TURNED }] };
}
