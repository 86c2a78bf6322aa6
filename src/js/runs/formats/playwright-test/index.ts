import { TaskGifError } from "../../../task-gif-error.ts";
import { folderOf, joinPath } from "../../input/record-path.ts";
import type { ReadContext, RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../record-format.ts";
import type { Run } from "../../types.ts";
import { isHtmlReport, resultsOfHtml } from "./html-report.ts";
import { isJsonReport, resultsOfJson, versionOfJson } from "./json-report.ts";
import { runOfResult } from "./run-of-result.ts";
import type { TestResult } from "./types.ts";

/** Reports of Playwright Test: HTML and JSON. Each result is a run, so that retries are runs of their own. */
export const format: RecordFormat = {
  name: "Playwright Test reports",

  async detect(files, context): Promise<RecordMatch[]> {
    const matches: RecordMatch[] = [];
    for (const main of files.all) {
      // What a report says is wrong with it is told where it is read.
      const results = await resultsOf(main, context).catch(noResults);
      if (results) matches.push({ path: main.path, main, claims: claimsOf(main, results.results, files) });
    }
    // The HTML report tells more; where both are there, it is read first.
    return matches.sort((a, b) => Number(b.main.kind === "html") - Number(a.main.kind === "html"));
  },

  async read({ main }, files, context): Promise<Run[]> {
    const { results, version } = (await resultsOf(main, context)) ?? { results: [] };
    const runs: Run[] = [];
    for (const result of results) {
      context.signal?.throwIfAborted();
      runs.push(await runOfResult(result, main, files, context, version));
    }
    return runs;
  },
};

function noResults(error: unknown): { results: TestResult[] } {
  if (error instanceof TaskGifError && error.code === "UNREADABLE") return { results: [] };
  throw error;
}

/** The results in a file, if it is a report. */
async function resultsOf(
  file: RecordFile,
  context: ReadContext,
): Promise<{ results: TestResult[]; version?: string | undefined } | undefined> {
  if (file.kind === "html") {
    return (await isHtmlReport(file, context)) ? { results: await resultsOfHtml(file, context) } : undefined;
  }
  if (file.kind !== "json" || file.size > context.limits.textBytes) return undefined;
  const json = await file.json();
  return isJsonReport(json) ? { results: resultsOfJson(json), version: versionOfJson(json) } : undefined;
}

/** What a report speaks for: its own folders, its attachments, and what lies beside those. */
function claimsOf(main: RecordFile, results: readonly TestResult[], files: RecordFiles): RecordFile[] {
  const folder = folderOf(main.path);
  const claims = new Set<RecordFile>();
  if (main.kind === "html") {
    for (const name of ["data", "trace"]) for (const file of files.under(joinPath(folder, name))) claims.add(file);
  }
  for (const { path } of results.flatMap(({ attachments }) => attachments)) {
    const file = path === undefined ? undefined : files.find(path, main);
    if (!file) continue;
    claims.add(file);
    const beside = folderOf(file.path);
    if (beside !== folder && beside !== "") for (const other of files.under(beside)) claims.add(other);
    for (const inside of files.under(file.path)) claims.add(inside);
  }
  return [...claims];
}
