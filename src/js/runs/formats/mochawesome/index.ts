import { asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { tryParseJson } from "../../../task-records/parse-json.ts";
import { errorSummary } from "../../error-summary.ts";
import { filesByFolder } from "../../input/record-path.ts";
import { inlinePicture } from "../../pictures/picture-of-base64.ts";
import type { ReadContext, RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../record-format.ts";
import { FAILURE_UNSEEN, type ReportFrame, screenshotsOf } from "../../reports/report-frames.ts";
import type { Run } from "../../run.ts";
import { dataOf, isReport } from "./report-data.ts";

/**
 * Reports of Mochawesome, for Mocha and Cypress. The pictures of a test are those in its context, inline or as paths. The JSON and the
 * page of one run are in one folder.
 */
export const format: RecordFormat = {
  name: "Mochawesome reports",

  async detect(files, context) {
    const folders = await filesByFolder(files.all, (file) => isReport(file, context));
    return [...folders.values()].map((reports): RecordMatch => {
      return { path: reports[0]!.path, main: reports[0]!, claims: reports };
    });
  },

  async read({ claims }: RecordMatch, files: RecordFiles, context: ReadContext): Promise<Run[]> {
    const runs: Run[] = [];
    const seen = new Set<unknown>();
    for (const file of claims) {
      const data = await dataOf(file, context);
      const version = asText(asObject(asObject(data?.meta)?.mochawesome)?.version);
      for (const { test, name } of asObjects(data?.results).flatMap((suite) => testsOf(suite, []))) {
        if (seen.has(test.uuid)) continue;
        if (asText(test.uuid) !== undefined) seen.add(test.uuid);
        runs.push(await runOfTest(test, name, version, file, files, context));
      }
    }
    return runs;
  },
};

/** Returns the tests of a suite and of the suites in it, each with the titles of its suites. */
function testsOf(suite: Json, above: readonly string[]): { test: Json; name: string }[] {
  const title = asText(suite.title);
  const path = title === undefined ? above : [...above, title];
  const own = asObjects(suite.tests).map((test) => ({
    test,
    name: [...path, asText(test.title) ?? "test"].join(" › "),
  }));
  return [...own, ...asObjects(suite.suites).flatMap((inner) => testsOf(inner, path))];
}

async function runOfTest(
  test: Json,
  name: string,
  version: string | undefined,
  file: RecordFile,
  files: RecordFiles,
  context: ReadContext,
): Promise<Run> {
  const status = statusOf(test);
  const error = asText(asObject(test.err)?.message);
  const frames = framesOf(test, status === "failed");
  const { screenshots, warnings } = await screenshotsOf(frames, file, files, context);
  if (status === "failed" && screenshots.length > 0 && !screenshots.some(({ failed }) => failed))
    warnings.push(FAILURE_UNSEEN);
  return {
    name,
    ...(status && { status }),
    ...(status === "failed" && error !== undefined && { error: errorSummary(error) }),
    tool: { name: "Mochawesome", ...(version !== undefined && { version }) },
    screenshots,
    warnings,
  };
}

function statusOf({ pass, fail, pending, skipped }: Json): Run["status"] {
  if (pass === true) return "passed";
  if (fail === true) return "failed";
  return pending === true || skipped === true ? "skipped" : undefined;
}

/** Generic titles of pictures. */
const GENERIC = /^(?:cy-)?(?:screen ?shots?|images?|pictures?)(?:[-_ ]?\d+)?$/i;
const PICTURE_PATH = /\.(?:png|jpe?g|webp|gif)$/i;

/** Returns the pictures in the context of a test: a text, an object with a title, or a list of these, as JSON text. */
function framesOf(test: Json, hasFailed: boolean): ReportFrame[] {
  const context = typeof test.context === "string" ? (tryParseJson(test.context) ?? test.context) : test.context;
  const items: unknown[] = Array.isArray(context) ? context : [context];
  return items.flatMap((item) => {
    const title = asText(asObject(item)?.title);
    const value = asObject(item)?.value ?? item;
    return (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((value): ReportFrame[] => {
      const reference = referenceOf(value);
      if (reference === undefined) return [];
      const caption = title === undefined || GENERIC.test(title) ? undefined : title;
      // Name of the picture that Cypress takes of a failure.
      const isFailed = hasFailed && /fail|error/i.test(`${title} ${reference.startsWith("data:") ? "" : reference}`);
      return [{ reference, caption, ...(isFailed && { failed: true }) }];
    });
  });
}

function referenceOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  if (/^data:image\/[^,]*;base64,@\d+:\d+$/.test(value)) return value; // where it stands in the page
  return inlinePicture(value)?.image ?? (PICTURE_PATH.test(value) ? value : undefined);
}
