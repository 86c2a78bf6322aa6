import type { StepFacts } from "../steps/types.ts";

/** Which steps are wanted. */
export type Wanted = {
  /** Their numbers; all when there are none. */
  steps: ReadonlySet<number> | undefined;
  /** Only those that failed. */
  onlyFailed: boolean;
};

/** Whether a step is wanted. */
export function isWanted({ number, failed }: StepFacts, { steps, onlyFailed }: Wanted): boolean {
  return (steps === undefined || steps.has(number)) && (!onlyFailed || failed === true);
}
