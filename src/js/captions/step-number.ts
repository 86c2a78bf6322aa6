/** Gap between a step number and the caption beside it, relative to the font size. */
export const STEP_NUMBER_GAP = 0.9;

/** The widest step number for which an assembly of unknown length reserves space. */
const WIDEST_NUMBER = "888";

/** Returns the text of a step number, such as `7 / 12`. `total`: the number of steps, if known. */
export function stepNumberText(number: number, total: number | undefined): string {
  // If steps were selected from a longer task, their number is not the number of steps of the task.
  return total === undefined || number > total ? String(number) : `${number} / ${total}`;
}

/** Returns the widest text of a step number. Its width is reserved, so that captions do not move. */
export function widestStepNumber(total: number | undefined): string {
  return total === undefined ? WIDEST_NUMBER : `${String(total).replace(/\d/g, "8")} / ${total}`;
}
