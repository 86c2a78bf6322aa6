import { lazyImport } from "../lazy-import.ts";
import { boolean, callable, oneOf, record } from "../options/argument-checks.ts";
import { abortReason, TaskGifError } from "../task-gif-error.ts";
import { FORMATS } from "./format-list.ts";
import { collectSources } from "./input/collect-sources.ts";
import type { FileSet } from "./input/file-set.ts";
import type { FileSource } from "./input/file-source.ts";
import { resolveLimits } from "./input/limits.ts";
import { openFiles } from "./input/open-files.ts";
import type { ReadRunsOptions, RunsInput } from "./read-options.ts";
import type { ReadContext, RecordFile, RecordFormat, RecordMatch } from "./record-format.ts";
import type { Run, RunWarning } from "./run.ts";

const OPTION_NAMES = ["resolve", "signal", "onProgress", "limits", "captionsOf", "skipBlank", "order"] as const;

/**
 * Reads the runs of a record, with screenshots ready for `assembleGif`: Playwright traces and reports, histories of agents, message
 * logs and the other formats in the guide to records. The format is detected by the contents, not by the name. Pictures are read
 * on demand.
 *
 * @throws `TaskGifError` `UNKNOWN_RECORD` for an unknown format, `UNREADABLE` for a broken record, `LIMIT_EXCEEDED` for input beyond
 * `options.limits`, `UNSAFE_PATH` for a path that leads out of the record; `TypeError` for invalid arguments.
 */
export function readRuns(input: RunsInput, options: ReadRunsOptions = {}): Promise<Run[]> {
  return readRunsFrom((context) => collectSources(input, context.limits), options);
}

/** Reads runs like `readRuns`, from files that `collect` returns, such as those of a folder in Node. */
export async function readRunsFrom(
  collect: (context: ReadContext) => Promise<FileSource[]>,
  options: ReadRunsOptions,
): Promise<Run[]> {
  const context = resolveContext(options);
  const { onProgress, signal } = options;
  if (signal?.aborted) throw abortReason(signal);
  const sources = await collect(context);
  const { files, beside, problems } = await openFiles(sources, context.limits, signal, (done, total) =>
    onProgress?.({ phase: "files", done, total }),
  );
  const found = await findRecords(files, beside, context);
  const read: { format: RecordFormat; runs: readonly Run[] }[] = [];
  for (const [i, { format, match }] of found.entries()) {
    if (signal?.aborted) throw abortReason(signal);
    try {
      const runs = (await format.read(match, files, context)).map(withOwnOrder);
      runs[0]?.warnings.push(...match.main.warnings);
      read.push({ format, runs });
    } catch (error) {
      // If one record of several is broken, the others are read all the same.
      if (!(error instanceof TaskGifError) || error.code !== "UNREADABLE") throw error;
      problems.push({ code: error.code, message: error.message });
    }
    onProgress?.({ phase: "runs", done: i + 1, total: found.length });
  }
  const runs = inOrder(read);
  const [problem] = problems;
  if (problem && runs.length === 0) throw new TaskGifError(problem.code, problem.message);
  if (found.length === 0) {
    const { describeUnknownRecord } = await lazyImport(import("./describe-unknown-record.lazy.ts"), signal);
    throw new TaskGifError("UNKNOWN_RECORD", await describeUnknownRecord(files.without(beside)));
  }
  for (const { screenshots, warnings } of runs) {
    if (screenshots.length === 0 && warnings.length === 0) warnings.push(NO_SCREENSHOTS);
  }
  runs[0]?.warnings.push(...problems);
  const recordOf = new Map(read.flatMap(({ runs }, i) => runs.map((run) => [run, i])));
  return withoutDoubles(runs, (run) => recordOf.get(run)!);
}

const NO_SCREENSHOTS: RunWarning = {
  code: "NO_SCREENSHOTS",
  message: "the record says what was done, but holds no picture of it",
};

/** Finds the records among the files. Files that a format claims are not given to the formats after it. */
async function findRecords(files: FileSet, beside: ReadonlySet<RecordFile>, context: ReadContext) {
  const found: { format: RecordFormat; match: RecordMatch }[] = [];
  const claimed = new Set(beside);
  for (const entry of FORMATS) {
    const format = await lazyImport(entry.load(), context.signal);
    const earlier = found.map(({ match }) => match);
    for (const match of await format.detect(files.without(claimed), context, earlier)) {
      found.push({ format, match });
      claimed.add(match.main);
      for (const file of match.claims) claimed.add(file);
    }
  }
  return found;
}

/** Sorts records of one format by the start of their first run, if all have one; else by path. */
function inOrder(records: readonly { format: RecordFormat; runs: readonly Run[] }[]): Run[] {
  const groups = new Map<RecordFormat, (readonly Run[])[]>();
  for (const { format, runs } of records) groups.set(format, [...(groups.get(format) ?? []), runs]);
  return [...groups.values()].flatMap((group) => {
    const filled = group.filter((runs) => runs.length > 0);
    const areTimed = filled.every(([first]) => first!.startedAtMs !== undefined);
    return (areTimed ? filled.sort(([a], [b]) => a!.startedAtMs! - b!.startedAtMs!) : filled).flat();
  });
}

/** Marks that the order of the record is kept even if its timestamps contradict it, since clocks can be set back. */
function withOwnOrder(run: Run): Run {
  return { ...run, screenshots: run.screenshots.map((screenshot) => ({ ...screenshot, keepOrder: true })) };
}

/**
 * Removes runs that an earlier record has too: some tools write several reports of one run. Two runs in the same record are
 * different, even with equal names and start times; so are
 * runs of unknown tools.
 */
function withoutDoubles(runs: readonly Run[], recordOf: (run: Run) => number): Run[] {
  const seen = new Map<string, number>();
  return runs.filter((run) => {
    const { tool, id, name, startedAtMs } = run;
    if (tool.name === "unknown" || name === undefined || startedAtMs === undefined) return true;
    const key = JSON.stringify([tool.name, id, name, startedAtMs]);
    const first = seen.get(key) ?? recordOf(run);
    seen.set(key, first);
    return first === recordOf(run);
  });
}

function resolveContext(options: ReadRunsOptions): ReadContext {
  record(options, "options", OPTION_NAMES);
  const { resolve, signal, onProgress, limits = {}, captionsOf = "titles", skipBlank = true, order = "name" } = options;
  if (resolve !== undefined) callable(resolve, "options.resolve");
  if (onProgress !== undefined) callable(onProgress, "options.onProgress");
  return {
    ...(resolve && { resolve }),
    ...(signal && { signal }),
    limits: resolveLimits(record(limits, "options.limits", Object.keys(resolveLimits({}, ""))), "options.limits"),
    captionsOf: oneOf(captionsOf, "options.captionsOf", ["titles", "all"]),
    skipBlank: boolean(skipBlank, "options.skipBlank"),
    order: oneOf(order, "options.order", ["name", "time"]),
  };
}
