import type { TimedStep } from "../replay/replay.ts";
import type { Labels } from "./labels.ts";

/**
 * A step in words, such as "Step 3 of 12: click Login". The first number is its position among the visible steps, from 1, not
 * its number in the task.
 */
export function stepText(labels: Labels, steps: readonly TimedStep[], index: number): string {
  return labels.step(index + 1, steps.length, steps[index]!.caption);
}
