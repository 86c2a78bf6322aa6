import { TaskGifError } from "../../../task-gif-error.ts";
import { folderOf, joinPath } from "../../input/record-path.ts";
import type { ReadContext, RecordFile, RecordFiles } from "../../record-format.ts";
import type { Run } from "../../run.ts";
import { parseTrace } from "./parse-trace.ts";
import { runOfTrace } from "./run-of-trace.ts";
import { parseTestTrace } from "./test-steps.ts";
import type { Trace } from "./trace.ts";

/** Reads the run of a trace, zipped or not. `main` is one of its `.trace` files. */
export async function readTrace(main: RecordFile, files: RecordFiles, context: ReadContext): Promise<Run> {
  const folder = folderOf(main.path);
  const beside = files.under(folder).filter((file) => folderOf(file.path) === folder && isTraceFile(file));
  const traces = groupTraces(beside).find((group) => group.includes(main)) ?? [main];
  let broken = 0;
  const test = traces.find(({ name }) => name === "test.trace");
  const parsed: Trace[] = [];
  const onBroken = () => broken++;
  for (const file of traces) {
    context.signal?.throwIfAborted();
    if (file !== test) parsed.push(await parseTrace(file, onBroken));
  }
  const testTrace = test && (await parseTestTrace(test, onBroken));
  if (!test && parsed.every(({ version }) => version === 0)) {
    throw new TaskGifError("UNREADABLE", `cannot read ${main.path}: expected a Playwright trace, found damaged lines`);
  }
  const run = await runOfTrace(
    merge(parsed),
    testTrace,
    (reference) => files.at(joinPath(folder, reference)) ?? files.find(reference, main),
    context,
  );
  if (broken > 0) {
    const message = `${broken} lines of ${main.path} could not be read; the trace may have been cut off`;
    run.warnings.push({ code: "RECORD_DAMAGED", message });
  }
  return run;
}

/** Reads the run of a trace whose archive a report names; `undefined` if the archive is not among the files. */
export async function readTraceArchive(
  reference: string,
  from: RecordFile,
  files: RecordFiles,
  context: ReadContext,
): Promise<Run | undefined> {
  const archive = files.find(reference, from);
  const traces = archive ? files.under(archive.path).filter(({ name }) => name.endsWith(".trace")) : [];
  const main = traces.find(({ name }) => name === "test.trace") ?? traces[0];
  return main && readTrace(main, files, context);
}

/** Whether a file may be a trace by its name. */
export const isTraceFile = ({ name, kind }: RecordFile) =>
  name.endsWith(".trace") && (kind === "json" || kind === "jsonl" || (kind === "binary" && PART.test(name)));

/** Names of the trace files in one recording. */
const PART = /^(?:test|trace|\d+-trace)\.trace$/;

/**
 * Returns the `.trace` files of one recording: all of the folder in an archive or beside a `test.trace`; elsewhere each file is a
 * separate recording, as written by @playwright/mcp.
 */
export function groupTraces(traces: readonly RecordFile[]): RecordFile[][] {
  const groups = new Map<string, RecordFile[]>();
  for (const file of traces) {
    const isPart = PART.test(file.name);
    const key = isPart ? folderOf(file.path) : file.path;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()];
}

/** Merges the traces of several browser contexts, which have the same clock. */
function merge(traces: readonly Trace[]): Trace {
  const titled = traces.find(({ title }) => title !== undefined);
  const versioned = traces.find(({ playwrightVersion }) => playwrightVersion !== undefined);
  return {
    version: Math.max(...traces.map(({ version }) => version)),
    startedAtMs: Math.min(...traces.map(({ startedAtMs }) => startedAtMs).filter((ms) => ms > 0)),
    ...(titled?.title !== undefined && { title: titled.title }),
    ...(versioned?.playwrightVersion !== undefined && { playwrightVersion: versioned.playwrightVersion }),
    actions: traces.flatMap(({ actions }) => actions),
    frames: traces.flatMap(({ frames }) => frames),
    pages: new Map(traces.flatMap(({ pages }) => [...pages])),
  };
}
