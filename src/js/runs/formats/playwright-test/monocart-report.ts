import { asCount, asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../task-records/timestamp.ts";
import { attachmentOf } from "./json-report.ts";
import { type TestResult, testName } from "./test-result.ts";

/** Whether JSON is an `index.json` of monocart-reporter, a reporter for Playwright Test. */
export function isMonocartReport(json: unknown): json is Json {
  const report = asObject(json);
  return asText(asObject(report?.system)?.monocart) !== undefined && Array.isArray(report?.rows);
}

/** Returns the version of Playwright that ran the tests of a report. */
export function versionOfMonocart(report: Json): string | undefined {
  return asText(asObject(report.system)?.playwright);
}

/** Returns the results of a report in its order. A case has the attachments of all its tries. */
export function resultsOfMonocart(report: Json): TestResult[] {
  return asObjects(report.rows).flatMap((row) => resultsOfRow(row, []));
}

function resultsOfRow(row: Json, above: readonly (string | undefined)[]): TestResult[] {
  // A project without a name is called "project".
  const title = row.suiteType === "project" && row.title === "project" ? undefined : asText(row.title);
  const titles = [...above, title];
  if (row.type === "suite") return asObjects(row.subs).flatMap((inner) => resultsOfRow(inner, titles));
  if (row.type !== "case") return [];
  const name = testName(titles);
  const last = Math.min(asCount(row.retry) ?? 0, MOST_RETRIES);
  const starts: unknown[] = Array.isArray(row.timestamps) ? row.timestamps : [];
  return Array.from({ length: last + 1 }, (_, retry): TestResult => {
    const own = asObjects(row.attachments).filter((attachment) => (asCount(attachment.retry) ?? 0) === retry);
    const status = retry < last ? "failed" : asText(row.status);
    const startedAtMs = asTimestamp(starts[retry]);
    return {
      name,
      retry,
      ...(status !== undefined && { status }),
      ...(startedAtMs !== undefined && { startedAtMs }),
      attachments: own.map(attachmentOf),
    };
  });
}

/** Maximum number of tries of a test; a larger number means that the report is damaged. */
const MOST_RETRIES = 100;
