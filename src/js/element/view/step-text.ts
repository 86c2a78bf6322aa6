import type { TimedStep } from "../replay/replay.ts";
import type { Labels } from "./labels.ts";

/**
 * A step in words, such as "Step 3 of 12: click Login". The first number is its place among the steps that are shown, from 1,
 * and not its number in the task: players and lists count what there is to see.
 */
export function stepText(labels: Labels, steps: readonly TimedStep[], index: number): string {
  return labels.step(index + 1, steps.length, steps[index]!.caption);
}
