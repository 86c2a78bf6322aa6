import { isPicture } from "../../input/file-kind.ts";
import { folderOf } from "../../input/record-path.ts";
import type { ReadContext, RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../record-format.ts";
import { plainError, screenshotsOf } from "../../reports/report-frames.ts";
import type { Run } from "../../run.ts";
import { type CodeceptRun, readAiTrace, TRACE_HEAD } from "./ai-trace.ts";
import { readSlides, SLIDES_PAGE } from "./slides.ts";

/** Bytes at the start of a page that show whether it has slides. */
const HEAD_BYTES = 16_384;

/**
 * Output of CodeceptJS: trace.md of its plugin aiTrace, and pages of slides (plugin screenshot, before version 4 stepByStepReport). For
 * a test with both, the trace is read, since only it has the failed step.
 */
export const format: RecordFormat = {
  name: "CodeceptJS output",

  async detect(files) {
    const outputs = new Map<string, { mains: RecordFile[]; folders: Set<string> }>();
    for (const file of files.all) {
      if (!(await isTrace(file)) && !(await isSlidesPage(file))) continue;
      const folder = folderOf(file.path);
      const output = outputs.get(folderOf(folder)) ?? { mains: [], folders: new Set() };
      outputs.set(folderOf(folder), output);
      output.mains.push(file);
      output.folders.add(folder);
    }
    return [...outputs].map(([path, { mains, folders }]): RecordMatch => {
      const isOwn = ({ path: of }: RecordFile) => folders.has(folderOf(of));
      const claims = files.under(path).filter((file) => isOwn(file) || isFailurePicture(file, path));
      return { path: path || mains[0]!.path, claims, main: mains[0]! };
    });
  },

  async read({ claims }, files, context) {
    const found: { file: RecordFile; run: CodeceptRun }[] = [];
    for (const file of claims) {
      if (await isTrace(file))
        found.push({ file, run: readAiTrace(await file.text(), file, files, context.captionsOf) });
    }
    const traced = new Set(found.map(({ run }) => lettersOf(run.title)));
    for (const file of claims) {
      if (!(await isSlidesPage(file))) continue;
      const run = readSlides(await file.text(), context.captionsOf);
      if (!traced.has(lettersOf(run.title))) found.push({ file, run: withFailure(run, claims) });
    }
    return Promise.all(found.map(({ file, run }) => toRun(run, file, files, context)));
  },
};

async function isTrace(file: RecordFile): Promise<boolean> {
  return file.kind === "text" && file.name.endsWith(".md") && TRACE_HEAD.test(await file.text());
}

async function isSlidesPage(file: RecordFile): Promise<boolean> {
  if (file.kind !== "html" || !/^index\.html?$/i.test(file.name)) return false;
  return SLIDES_PAGE.test(await (await file.blob()).slice(0, HEAD_BYTES).text());
}

/** End of the name of a picture of a failed test. */
const FAILURE = /\.failed\.\w+$/;

/** A picture that another plugin takes at the end of a failed test, beside the folders of the runs. */
function isFailurePicture(file: RecordFile, folder: string): boolean {
  return isPicture(file) && folderOf(file.path) === folder && FAILURE.test(file.name);
}

/**
 * Adds the picture of the failed step, which slides do not have: the plugin screenshotOnFail saves one under the title of the test.
 */
function withFailure(run: CodeceptRun, files: readonly RecordFile[]): CodeceptRun {
  if (run.hasFailed) return run;
  const title = lettersOf(run.title);
  const isOf = ({ name }: RecordFile) => FAILURE.test(name) && lettersOf(name.replace(FAILURE, "")) === title;
  const picture = title === "" ? undefined : files.find(isOf);
  return picture
    ? { ...run, hasFailed: true, frames: [...run.frames, { reference: `../${picture.name}`, failed: true }] }
    : run;
}

/** Returns the letters and digits of a title, by which titles are compared: pages of slides do not escape HTML. */
const lettersOf = (title: string) => title.replace(/<[^>]*>/g, "").replace(/[^\p{L}\p{N}]/gu, "");

async function toRun(run: CodeceptRun, file: RecordFile, files: RecordFiles, context: ReadContext): Promise<Run> {
  const { screenshots, warnings } = await screenshotsOf(run.frames, file, files, context);
  const error = plainError(run.error);
  return {
    name: run.title || file.path,
    ...(run.hasFailed !== undefined && { status: run.hasFailed ? ("failed" as const) : ("passed" as const) }),
    ...(error !== undefined && { error }),
    tool: { name: "CodeceptJS" },
    screenshots,
    warnings,
  };
}
