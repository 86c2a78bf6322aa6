import { TaskGifError } from "../../../task-gif-error.ts";
import { type FileKind, isPicture } from "../../input/file-kind.ts";
import { folderOf, joinPath } from "../../input/record-path.ts";
import type { ReadContext, RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../record-format.ts";
import type { Run } from "../../run.ts";
import { isBlobReport, resultsOfBlob } from "./blob-report.ts";
import { findCopies } from "./find-copies.ts";
import { isHtmlReport, resultsOfHtml } from "./html-report.ts";
import { isJsonReport, resultsOfJson, versionOfJson } from "./json-report.ts";
import { isMonocartReport, resultsOfMonocart, versionOfMonocart } from "./monocart-report.ts";
import { runOfResult } from "./run-of-result.ts";
import type { TestResult } from "./test-result.ts";

/**
 * Reports of Playwright Test: HTML, blob and JSON, and that of monocart-reporter. Each result is a run, so that retries
 * are runs of their own.
 */
export const format: RecordFormat = {
  name: "Playwright Test reports",

  async detect(files, context): Promise<RecordMatch[]> {
    const matches: RecordMatch[] = [];
    for (const main of files.all) {
      // Errors in a report are reported when it is read.
      const results = await resultsOf(main, context).catch(noResults);
      if (results) matches.push({ path: main.path, main, claims: await claimsOf(main, results.results, files) });
    }
    // If several reports have the same results, the most detailed one is read first.
    return matches.sort((a, b) => RICHEST.indexOf(a.main.kind) - RICHEST.indexOf(b.main.kind));
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

/** Kinds of reports, the most detailed first: JSON has no times of steps. */
const RICHEST: readonly FileKind[] = ["html", "jsonl", "json"];

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
  if (file.kind === "jsonl") return (await isBlobReport(file)) ? resultsOfBlob(file) : undefined;
  if (file.kind !== "json" || file.size > context.limits.textBytes) return undefined;
  const json = await file.json();
  if (isMonocartReport(json)) return { results: resultsOfMonocart(json), version: versionOfMonocart(json) };
  return isJsonReport(json) ? { results: resultsOfJson(json), version: versionOfJson(json) } : undefined;
}

/**
 * Returns the files that belong to a report: its folders or its archive, its attachments and the files beside them, and
 * the result folders that attachments were copied from.
 */
async function claimsOf(main: RecordFile, results: readonly TestResult[], files: RecordFiles): Promise<RecordFile[]> {
  const folder = folderOf(main.path);
  const archive = files.at(folder);
  const claims = new Set<RecordFile>(archive && [archive, ...files.under(folder)]);
  const claimFolder = (beside: string) => {
    const isAbove = beside === "" || folder === beside || folder.startsWith(`${beside}/`);
    if (!isAbove) for (const file of files.under(beside)) claims.add(file);
  };
  for (const name of { html: ["data", "trace"], jsonl: ["resources"] }[main.kind as string] ?? []) {
    for (const file of files.under(joinPath(folder, name))) claims.add(file);
  }
  const attached = new Set<RecordFile>();
  for (const { path } of results.flatMap(({ attachments }) => attachments)) {
    const file = path === undefined ? undefined : files.find(path, main);
    if (!file) continue;
    attached.add(file);
    claims.add(file);
    for (const inside of files.under(file.path)) claims.add(inside);
    claimFolder(folderOf(file.path));
  }
  const others = files.all.filter((file) => !claims.has(file) && (isPicture(file) || file.kind === "zip"));
  for (const copy of await findCopies([...attached], others)) {
    for (const file of [copy, ...files.under(copy.path)]) claims.add(file);
    claimFolder(folderOf(copy.path));
  }
  return [...claims];
}
