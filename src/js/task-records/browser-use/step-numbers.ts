import { asCount, asObject, asText, type Json } from "../json-fields.ts";

/** Numbers of the items of a history. */
export type HistoryNumbers = {
  /** Number of each item. */
  numbers: number[];
  /** Whether they are the agent's own numbers, not positions in the list. */
  areKnown: boolean;
};

/**
 * Returns the numbers of steps that browser-use uses in its logs and file names.
 *
 * `metadata.step_number` is that number from 0.5.11 on, with 0 for a page that was opened before the first step. Versions
 * up to 0.5.9 keep the picture in the item itself and count up between the model's answer and the saving of the item, so
 * that their numbers are one too high and begin with 2, except for items where the model gave no answer. Numbers that do
 * not ascend are replaced by positions in the list.
 */
export function historyNumbers(items: readonly Json[]): HistoryNumbers {
  const saved = items.map(savedNumber);
  const first = Math.min(...saved.filter((number) => number !== undefined));
  const countsEarly = first >= 2 && items.some(hasInlinePicture) && !items.some(hasPicturePath);
  const own = saved.map((number, i) => {
    if (number === undefined) return undefined;
    return countsEarly && items[i]!.model_output ? number - 1 : number;
  });
  const numbers: number[] = [];
  const firstKnown = own.findIndex((number) => number !== undefined);
  const before = firstKnown > 0 ? Math.max(own[firstKnown]! - firstKnown, 0) : 1;
  for (const [i, number] of own.entries()) numbers.push(number ?? (i === 0 ? before : numbers[i - 1]! + 1));
  const leastGap = countsEarly ? 0 : 1;
  const ascend = numbers.every((number, i) => i === 0 || number >= numbers[i - 1]! + leastGap);
  if (firstKnown < 0 || !ascend) return { numbers: items.map((_, i) => i + 1), areKnown: false };
  return { numbers, areKnown: true };
}

/** Returns the number in an item. */
export const savedNumber = (item: Json) => asCount(asObject(item.metadata)?.step_number);

const hasInlinePicture = (item: Json) => asText(asObject(item.state)?.screenshot) !== undefined;
const hasPicturePath = (item: Json) => asText(asObject(item.state)?.screenshot_path) !== undefined;
