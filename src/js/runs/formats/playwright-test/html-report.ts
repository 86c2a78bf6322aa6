import { TaskGifError } from "../../../task-gif-error.ts";
import { asNumber, asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../task-records/timestamp.ts";
import { errorSummary } from "../../error-summary.ts";
import { blobSource } from "../../input/file-source.ts";
import { openFiles } from "../../input/open-files.ts";
import { blobOfBase64 } from "../../pictures/blob-of-base64.ts";
import type { ReadContext, RecordFile, RecordFiles } from "../../record-format.ts";
import { joinSteps } from "./join-steps.ts";
import { attachmentOf } from "./json-report.ts";
import { type TestResult, testName } from "./test-result.ts";

/**
 * The data of an HTML report: a zip in base64, in a template or (1.58) a script of their own after the page, or
 * assigned in a script (up to 1.52). The script of the page contains both names, so only an occurrence followed by the data counts.
 */
const DATA =
  /(?:<(?:template|script) id="playwrightReportBase64"[^>]*>|window\.playwrightReportBase64\s*=\s*["'])\s*data:application\/zip;base64,([A-Za-z0-9+/=\s]+)/;

/** Whether a page is an HTML report of Playwright Test. */
export async function isHtmlReport(page: RecordFile, { limits }: ReadContext): Promise<boolean> {
  if (page.size > limits.textBytes) return false;
  const text = await page.text();
  return text.includes("playwrightReportBase64") && DATA.test(text);
}

/**
 * Returns the results of an HTML report in the order of their start.
 *
 * @throws `TaskGifError` `UNREADABLE` if its data are broken.
 */
export async function resultsOfHtml(page: RecordFile, context: ReadContext): Promise<TestResult[]> {
  const files = await dataOf(page, context);
  const tests: TestResult[] = [];
  for (const file of files.all) {
    if (file.name === "report.json" || (file.kind !== "json" && file.kind !== "jsonl")) continue;
    const json = asObject(await file.json());
    for (const test of asObjects(json?.tests)) tests.push(...resultsOfTest(test, asText(json?.fileName)));
  }
  return tests.sort((a, b) => (a.startedAtMs ?? 0) - (b.startedAtMs ?? 0));
}

async function dataOf(page: RecordFile, { limits, signal }: ReadContext): Promise<RecordFiles> {
  const base64 = DATA.exec(await page.text())?.[1] ?? "";
  const archive = blobOfBase64(base64.replace(/\s+/g, ""));
  const { files, problems } = await openFiles([blobSource(`${page.path}.zip`, archive)], limits, signal, () => {});
  if (problems[0]) throw new TaskGifError(problems[0].code, problems[0].message);
  return files;
}

function resultsOfTest(test: Json, fileName: string | undefined): TestResult[] {
  const describes = Array.isArray(test.path) ? test.path.map(asText) : [];
  const name = testName([asText(test.projectName), fileName, ...describes, asText(test.title)]);
  return asObjects(test.results).map((result, i): TestResult => {
    const [first] = Array.isArray(result.errors) ? (result.errors as unknown[]) : [];
    const error = asText(asObject(first)?.message) ?? asText(first);
    const startedAtMs = asTimestamp(result.startTime);
    const status = asText(result.status);
    return {
      name,
      retry: asNumber(result.retry) ?? i,
      ...(status !== undefined && { status }),
      ...(error !== undefined && { error: errorSummary(error) }),
      ...(startedAtMs !== undefined && { startedAtMs }),
      attachments: joinSteps(asObjects(result.attachments).map(attachmentOf), result),
    };
  });
}
