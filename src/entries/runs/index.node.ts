/**
 * `task-gif/runs` in Node: also takes the path of a file or a folder.
 *
 * @packageDocumentation
 */
import { fileURLToPath } from "node:url";
import { collectSources } from "../../js/runs/input/collect-sources.ts";
import type { ReadRunsOptions, RunsInput } from "../../js/runs/read-options.ts";
import { readRunsFrom } from "../../js/runs/read-runs.ts";
import type { Run } from "../../js/runs/run.ts";
import { fileSources } from "../../node/read-folder.ts";

export type * from "../../js/runs/read-options.ts";
export type * from "../../js/runs/run.ts";
export { sortFiles } from "../../js/runs/sort-files.ts";
export { TaskGifError } from "../../js/task-gif-error.ts";
export { stepsFrom } from "../../js/task-records/steps-from.ts";
export type { StepsOptions } from "../../js/task-records/task-record.ts";

/** Text that is a record itself rather than the path of one. */
const RECORD_TEXT = /^\s*[[{<]|\n/;

/** `readRuns` of a browser, whose text may also be the path of a file or folder; so may a `file:` URL. */
export function readRuns(input: RunsInput | URL, options: ReadRunsOptions = {}): Promise<Run[]> {
  const path = input instanceof URL ? fileURLToPath(input) : input;
  return readRunsFrom(
    ({ limits }) =>
      typeof path === "string" && !RECORD_TEXT.test(path) ? fileSources(path, limits) : collectSources(path, limits),
    options,
  );
}
