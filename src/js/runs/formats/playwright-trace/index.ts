import type { RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../format.ts";
import { folderOf, joinPath } from "../../input/record-path.ts";
import type { Run } from "../../types.ts";
import { traceHead } from "./parse-trace.ts";
import { groupTraces, isTraceFile, readTrace } from "./read-trace.ts";

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

/** Files of a trace that is not in an archive. */
function partsOf(traces: readonly RecordFile[], folder: string, files: RecordFiles): RecordFile[] {
  const stems = traces.map(({ name }) => name.replace(/\.trace$/, ""));
  const own = ["resources", "screencast", "attachments", "src"].flatMap((name) => files.under(joinPath(folder, name)));
  const beside = [...stems, "trace"].flatMap((stem) =>
    ["trace", "network", "stacks"].flatMap((extension) => files.at(joinPath(folder, `${stem}.${extension}`)) ?? []),
  );
  return [...new Set([...beside, ...own])];
}
