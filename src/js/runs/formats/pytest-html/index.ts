import { isPicture } from "../../input/file-kind.ts";
import { folderOf } from "../../input/record-path.ts";
import type { ReadContext, RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../record-format.ts";
import { screenshotsOf } from "../../reports/report-frames.ts";
import type { Run } from "../../run.ts";
import { readPytestReport } from "./pytest-report.ts";
import type { PytestResult } from "./pytest-result.ts";

/** Number of bytes of a page that are searched for the link to the plugin, which follows styles and scripts. */
const HEAD_BYTES = 262_144;
/** Marks of these pages: the data of version 4, the rows of version 3. */
const REPORT = /\bdata-jsonblob\s*=|pytest-html<\/a> v\d/;

/**
 * Reports of pytest-html 3 and 4, self-contained or with `assets/` beside them. Each result is a run, and its images are the frames.
 */
export const format: RecordFormat = {
  name: "pytest-html report",

  async detect(files) {
    const matches: RecordMatch[] = [];
    for (const file of files.all) {
      if (file.kind !== "html" || !(await isReport(file))) continue;
      // SeleniumBase keeps a copy of its report beside it.
      const copies = await Promise.all(matches.map(({ main }) => isCopy(file, main)));
      const original = matches[copies.indexOf(true)];
      if (original) {
        original.claims = [...original.claims, file];
        continue;
      }
      const folder = folderOf(file.path);
      const assets = files.under(folder === "" ? "assets" : `${folder}/assets`);
      const beside = files.under(folder).filter((other) => folderOf(other.path) === folder && isPicture(other));
      matches.push({ path: file.path, claims: [file, ...assets, ...beside], main: file });
    }
    return matches;
  },

  async read({ main }, files, context) {
    const report = await readPytestReport(await main.blob(), context);
    const names = namesOf(report.results);
    return Promise.all(
      report.results.map((result, i) => toRun(result, names[i]!, report.version, main, files, context)),
    );
  },
};

/** Whether a page has the same bytes as another in its folder. */
async function isCopy(file: RecordFile, other: RecordFile): Promise<boolean> {
  if (file.size !== other.size || folderOf(file.path) !== folderOf(other.path)) return false;
  return (await file.text()) === (await other.text());
}

async function isReport(file: RecordFile): Promise<boolean> {
  return REPORT.test(await (await file.blob()).slice(0, HEAD_BYTES).text());
}

async function toRun(
  { outcome, error, images }: PytestResult,
  name: string,
  version: string | undefined,
  main: RecordFile,
  files: RecordFiles,
  context: ReadContext,
): Promise<Run> {
  const status = statusOf(outcome);
  const frames = images.map(({ reference, name }) => ({
    reference,
    caption: name,
    ...(status === "failed" && /fail|error/i.test(name ?? "") && { failed: true }),
  }));
  const { screenshots, warnings } = await screenshotsOf(frames, main, files, context);
  return {
    name,
    ...(status && { status }),
    ...(status === "failed" && error !== undefined && { error }),
    tool: { name: "pytest-html", ...(version !== undefined && { version }) },
    screenshots,
    warnings,
  };
}

/** Returns the status of a result. An expected failure counts as passed, a try that is repeated as failed. */
function statusOf(outcome: string): Run["status"] {
  if (/^(?:passed|xfailed|xpassed)$/i.test(outcome)) return "passed";
  if (/^(?:failed|error|rerun)$/i.test(outcome)) return "failed";
  return /^skipped$/i.test(outcome) ? "skipped" : undefined;
}

/** Returns the name of a run; tries of one test are numbered. */
function namesOf(results: readonly PytestResult[]): string[] {
  const tries = new Map<string, number>();
  return results.map(({ name }) => {
    const number = tries.get(name) ?? 0;
    tries.set(name, number + 1);
    return number === 0 ? name : `${name} (retry ${number})`;
  });
}
