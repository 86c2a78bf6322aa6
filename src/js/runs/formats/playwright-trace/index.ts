import type { ReadContext, RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../format.ts";
import { folderOf, joinPath } from "../../input/record-path.ts";
import type { Run } from "../../types.ts";
import { parseTrace, traceHead } from "./parse-trace.ts";
import { runOfTrace } from "./run-of-trace.ts";
import { parseTestTrace } from "./test-steps.ts";
import type { Trace } from "./types.ts";

/**
 * Traces of Playwright in formats 3 to 10, zipped or not: of the library in any language, of Playwright Test, of Robot
 * Framework's Browser, of @playwright/mcp.
 */
export const format: RecordFormat = {
  name: "Playwright traces",

  async detect(files): Promise<RecordMatch[]> {
    const matches: RecordMatch[] = [];
    for (const traces of groupTraces(files.all.filter(isTraceFile))) {
      const heads = await Promise.all(traces.map(traceHead));
      const [main] = traces.filter((_, i) => heads[i] !== undefined);
      if (!main) continue;
      const folder = folderOf(main.path);
      const archive = files.at(folder);
      const path = archive ? folder : main.path;
      matches.push({
        path,
        main,
        claims: archive ? [archive, ...files.under(folder)] : partsOf(traces, folder, files),
      });
    }
    return matches;
  },

  async read(match, files, context): Promise<Run[]> {
    const run = await readTrace(match.main, files, context);
    return [run];
  },
};

/** The run of a trace, zipped or not, of which `main` is one of its `.trace` files. */
export async function readTrace(main: RecordFile, files: RecordFiles, context: ReadContext): Promise<Run> {
  const folder = folderOf(main.path);
  const beside = files.under(folder).filter((file) => folderOf(file.path) === folder && isTraceFile(file));
  const traces = groupTraces(beside).find((group) => group.includes(main)) ?? [main];
  let broken = 0;
  const test = traces.find(({ name }) => name === "test.trace");
  const parsed: Trace[] = [];
  for (const file of traces) {
    context.signal?.throwIfAborted();
    if (file !== test) parsed.push(await parseTrace(file, () => broken++));
  }
  const testTrace = test && (await parseTestTrace(test));
  const run = await runOfTrace(
    merge(parsed),
    testTrace,
    (reference) => files.at(joinPath(folder, reference)) ?? files.find(reference, main),
    context,
  );
  if (broken > 0) {
    const message = `${broken} lines of ${main.path} could not be read; the trace may have been cut off`;
    run.warnings.push({ code: "DAMAGED_RECORD", message });
  }
  return run;
}

const isTraceFile = ({ name, kind }: RecordFile) => name.endsWith(".trace") && (kind === "json" || kind === "jsonl");

/**
 * The `.trace` files that belong together: in an archive, and beside a `test.trace`, those of a folder; elsewhere each is
 * a recording of its own, as @playwright/mcp writes them.
 */
function groupTraces(traces: readonly RecordFile[]): RecordFile[][] {
  const groups = new Map<string, RecordFile[]>();
  for (const file of traces) {
    const isPart = /^(?:test|trace|\d+-trace)\.trace$/.test(file.name);
    const key = isPart ? folderOf(file.path) : file.path;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()];
}

/** Files of a trace that is not in an archive. */
function partsOf(traces: readonly RecordFile[], folder: string, files: RecordFiles): RecordFile[] {
  const stems = traces.map(({ name }) => name.replace(/\.trace$/, ""));
  const own = ["resources", "screencast", "attachments", "src"].flatMap((name) => files.under(joinPath(folder, name)));
  const beside = [...stems, "trace"].flatMap((stem) =>
    ["trace", "network", "stacks"].flatMap((extension) => files.at(joinPath(folder, `${stem}.${extension}`)) ?? []),
  );
  return [...new Set([...beside, ...own])];
}

/** One trace of those of several browser contexts, whose clock is the same. */
function merge(traces: readonly Trace[]): Trace {
  const titled = traces.find(({ title }) => title !== undefined);
  const versioned = traces.find(({ playwrightVersion }) => playwrightVersion !== undefined);
  return {
    version: Math.max(...traces.map(({ version }) => version)),
    startedAtMs: Math.min(...traces.map(({ startedAtMs }) => startedAtMs)),
    ...(titled?.title !== undefined && { title: titled.title }),
    ...(versioned?.playwrightVersion !== undefined && { playwrightVersion: versioned.playwrightVersion }),
    actions: traces.flatMap(({ actions }) => actions),
    frames: traces.flatMap(({ frames }) => frames),
    pages: new Map(traces.flatMap(({ pages }) => [...pages])),
  };
}
