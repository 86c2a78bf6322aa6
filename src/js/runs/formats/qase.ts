import { asNumber, asObject, asObjects, asText, type Json } from "../../task-records/json-fields.ts";
import { asTimestamp } from "../../task-records/timestamp.ts";
import { errorSummary } from "../error-summary.ts";
import { filesByFolder } from "../input/record-path.ts";
import type { ReadContext, RecordFile, RecordFormat, RecordMatch } from "../record-format.ts";
import { plainError, type ReportFrame } from "../reports/report-frames.ts";
import { matchOfTests, type ReportedTest, runOfTest, withRetries } from "../reports/reported-test.ts";
import type { Run, RunWarning } from "../run.ts";

/**
 * Local reports of Qase's reporters (mode `report`): a folder `results` with a file for each try of a test. It contains
 * steps with attachments, and the attachments of the test. The reporter of Playwright Test gives all attachments to the test.
 */
export const format: RecordFormat = {
  name: "Qase reports",

  async detect(files, context) {
    const folders = await filesByFolder(files.all, async (file) => (await resultIn(file, context)) !== undefined);
    const matches: RecordMatch[] = [];
    for (const results of folders.values()) {
      const tests = await testsOf(results, context);
      const { main, claims } = matchOfTests(results[0]!, tests, files);
      matches.push({ path: main.path, main, claims: [...results, ...claims.slice(1)] });
    }
    return matches;
  },

  async read({ main, claims }, files, context) {
    const runs: Run[] = [];
    const results = claims.filter(({ kind }) => kind === "json");
    for (const test of await testsOf(results, context)) {
      runs.push(await runOfTest(test, { name: "Qase" }, main, files, context));
    }
    return runs;
  },
};

/** Reads the test result in a file. */
async function resultIn(file: RecordFile, { limits }: ReadContext): Promise<Json | undefined> {
  if (file.kind !== "json" || file.size > limits.textBytes) return undefined;
  const result = asObject(await file.json());
  const execution = asObject(result?.execution);
  const isResult =
    asText(result?.title) !== undefined &&
    asText(execution?.status) !== undefined &&
    Array.isArray(result?.steps) &&
    Array.isArray(result?.attachments) &&
    ("testops_ids" in result! || "testops_id" in result!);
  return isResult ? result : undefined;
}

/** Returns the tries of a report by start time. */
async function testsOf(files: readonly RecordFile[], context: ReadContext): Promise<ReportedTest[]> {
  const results = await Promise.all(files.map((file) => resultIn(file, context)));
  const begun = (result: Json) => asNumber(asObject(result.execution)?.start_time) ?? 0;
  const inOrder = results.filter((result) => result !== undefined).sort((a, b) => begun(a) - begun(b));
  const names = withRetries(inOrder.map((result) => [...suitesOf(result), asText(result.title)!].join(" › ")));
  return inOrder.map((result, i) => testOf(result, names[i]!));
}

const suitesOf = ({ relations }: Json): string[] =>
  asObjects(asObject(asObject(relations)?.suite)?.data).flatMap(({ title }) => asText(title) ?? []);

function testOf(result: Json, name: string): ReportedTest {
  const execution = asObject(result.execution) ?? {};
  const error = plainError(asText(result.message) ?? asText(execution.stacktrace))?.replace(SEVERAL, "");
  const startMs = asTimestamp(execution.start_time);
  const ofSteps = asObjects(result.steps).flatMap(framesOfStep);
  const own = picturesOf(result.attachments).map(({ name: title, reference }): ReportFrame => {
    if (!AUTOMATIC.test(title)) return { reference, caption: title.replace(EXTENSION, "") };
    return { reference, ...(/failed/.test(title) && { failed: true }) };
  });
  const isMixed =
    ofSteps.length > 0 && picturesOf(result.attachments).some(({ name: title }) => !AUTOMATIC.test(title));
  return {
    name,
    status: STATUS[asText(execution.status) ?? ""],
    error: error && errorSummary(error),
    startedAtMs: startMs && Math.round(startMs),
    frames: [...ofSteps, ...own],
    warnings: isMixed ? [MIXED] : [],
  };
}

const STATUS: { readonly [status: string]: Run["status"] } = {
  passed: "passed",
  failed: "failed",
  invalid: "failed",
  skipped: "skipped",
};
/** Names of the screenshots that Playwright Test takes at the end of a test. */
const AUTOMATIC = /^(?:screenshot|test-(?:finished|failed)-\d+)(?:\.\w+)?$/;
/** Prefix of several errors of a test in Playwright's reporter. */
const SEVERAL = /^CompoundError: One or more errors occurred\. ---\n/;
const EXTENSION = /\.(?:png|jpe?g|webp|gif)$/i;
const MIXED: RunWarning = {
  code: "ORDER_GUESSED",
  message: "the report lists what the test attached apart from what its steps attached: the steps' pictures come first",
};

/** Returns the pictures of a step and its substeps. If the step failed, the last picture shows the failure. */
function framesOfStep(step: Json): ReportFrame[] {
  const execution = asObject(step.execution) ?? {};
  const caption = asText(asObject(step.data)?.action) ?? asText(asObject(step.data)?.name);
  const startMs = asTimestamp(execution.start_time);
  const atMs = asTimestamp(execution.end_time) ?? startMs;
  const pictures = [...picturesOf(execution.attachments), ...picturesOf(step.attachments)];
  const own = pictures.map(({ reference }): ReportFrame => ({ reference, caption, atMs }));
  const frames = [...asObjects(step.steps).flatMap(framesOfStep), ...own];
  const last = frames.at(-1);
  if (last && execution.status === "failed" && !frames.some(({ failed }) => failed)) {
    return [...frames.slice(0, -1), { ...last, failed: true }];
  }
  return frames;
}

function picturesOf(attachments: unknown): { name: string; reference: string }[] {
  return asObjects(attachments).flatMap((attachment) => {
    const reference = asText(attachment.file_path);
    const isImage = /^image\/(?!svg)/i.test(asText(attachment.mime_type) ?? "");
    return isImage && reference !== undefined ? [{ name: asText(attachment.file_name) ?? "", reference }] : [];
  });
}
