/**
 * Runs from the records that tools write: traces, reports, histories and message logs become screenshots with captions
 * and clicks. Nothing of the assembler is loaded for it, and of the formats only what the input may be.
 *
 * @packageDocumentation
 */

export type * from "../../js/runs/read-options.ts";
export { readRuns } from "../../js/runs/read-runs.ts";
export type * from "../../js/runs/run.ts";
export { sortFiles } from "../../js/runs/sort-files.ts";
export { TaskGifError } from "../../js/task-gif-error.ts";
export { stepsFrom } from "../../js/task-records/steps-from.ts";
export type { StepsOptions } from "../../js/task-records/task-record.ts";
