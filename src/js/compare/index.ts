/** Exports of the entry for comparisons on every platform. */

export { TaskGifError } from "../task-gif-error.ts";
export { alignSteps } from "./align-steps.ts";
export { assembleComparison } from "./assemble-comparison.ts";
export { compareRuns } from "./compare-runs.ts";
export type * from "./run-comparison.ts";
export type { ComparableStep } from "./step-similarity.ts";
