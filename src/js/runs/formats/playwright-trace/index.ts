import { TaskGifError } from "../../../task-gif-error.ts";
import { folderOf, joinPath } from "../../input/record-path.ts";
import type { RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../record-format.ts";
import type { Run } from "../../run.ts";
import { traceHead } from "./parse-trace.ts";
import { groupTraces, isTraceFile, readTrace } from "./read-trace.ts";

/**
 * Traces of Playwright in formats 3 to 10, zipped or not: of the library in any language, of Playwright Test, of the Browser library of
 * Robot Framework, and of @playwright/mcp.
 */
export const format: RecordFormat = {
  name: "Playwright traces",

  async detect(files): Promise<RecordMatch[]> {
    const matches: RecordMatch[] = [];
    for (const traces of groupTraces(files.all.filter(isTraceFile))) {
      // A trace with a broken first line is recognized by its name; `read` reports the error.
      const heads = await Promise.all(traces.map((file) => traceHead(file).catch(notUnreadable)));
      const [main] = traces.filter((_, i) => heads[i] !== undefined);
      if (!main) continue;
      const folder = folderOf(main.path);
      const archive = files.at(folder);
      const path = archive ? folder : main.path;
      const claims = archive
        ? [archive, ...files.under(folder), ...besideArchive(folderOf(folder), files)]
        : partsOf(traces, folder, files);
      matches.push({ path, main, claims });
    }
    return matches;
  },

  async read(match, files, context): Promise<Run[]> {
    const run = await readTrace(match.main, files, context);
    // The test runner keeps the traces of tries in separate folders, but they have the same title.
    const retry = /-retry(\d+)\/[^/]+$/.exec(match.path)?.[1];
    return [retry && run.name !== undefined ? { ...run, name: `${run.name} (retry ${retry})` } : run];
  },
};

/** Files that Playwright Test writes beside a trace; the trace contains the same. */
function besideArchive(folder: string, files: RecordFiles): readonly RecordFile[] {
  const beside = folder === "" ? [] : files.under(folder);
  const isResult = beside.some(({ name }) => /^(?:test-(?:failed|finished)-\d+\.png|error-context\.md)$/.test(name));
  return isResult ? beside : [];
}

function notUnreadable(error: unknown): object {
  if (error instanceof TaskGifError && error.code === "UNREADABLE") return {};
  throw error;
}

/** Returns the files of a trace that is not in an archive. */
function partsOf(traces: readonly RecordFile[], folder: string, files: RecordFiles): RecordFile[] {
  const stems = traces.map(({ name }) => name.replace(/\.trace$/, ""));
  const own = ["resources", "screencast", "attachments", "src"].flatMap((name) => files.under(joinPath(folder, name)));
  const beside = [...stems, "trace"].flatMap((stem) =>
    ["trace", "network", "stacks"].flatMap((extension) => files.at(joinPath(folder, `${stem}.${extension}`)) ?? []),
  );
  return [...new Set([...beside, ...own])];
}
