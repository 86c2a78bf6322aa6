import { asNumber, asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../task-records/timestamp.ts";
import { errorSummary } from "../../error-summary.ts";
import { type ResultAttachment, type TestResult, testName } from "./test-result.ts";

/** Whether JSON is a report of `--reporter=json`. */
export function isJsonReport(json: unknown): json is Json {
  const report = asObject(json);
  const config = asObject(report?.config);
  return Array.isArray(report?.suites) && Array.isArray(config?.projects) && asText(config?.rootDir) !== undefined;
}

/** Returns the results of a JSON report in its order. */
export function resultsOfJson(report: Json): TestResult[] {
  return asObjects(report.suites).flatMap((suite) => resultsOfSuite(suite, []));
}

/** Returns the version of Playwright that wrote a JSON report. */
export function versionOfJson(report: Json): string | undefined {
  return asText(asObject(report.config)?.version);
}

function resultsOfSuite(suite: Json, above: readonly (string | undefined)[]): TestResult[] {
  const titles = [...above, asText(suite.title)];
  const own = asObjects(suite.specs).flatMap((spec) =>
    asObjects(spec.tests).flatMap((test) => {
      const name = testName([asText(test.projectName), ...titles, asText(spec.title)]);
      return asObjects(test.results).map((result) => resultOf(result, name));
    }),
  );
  return [...own, ...asObjects(suite.suites).flatMap((inner) => resultsOfSuite(inner, titles))];
}

function resultOf(result: Json, name: string): TestResult {
  const error = asText(asObject(result.error)?.message) ?? asText(asObjects(result.errors)[0]?.message);
  const startedAtMs = asTimestamp(result.startTime);
  const status = asText(result.status);
  return {
    name,
    retry: asNumber(result.retry) ?? 0,
    ...(status !== undefined && { status }),
    ...(error !== undefined && { error: errorSummary(error) }),
    ...(startedAtMs !== undefined && { startedAtMs }),
    attachments: asObjects(result.attachments).map(attachmentOf),
  };
}

/** Parses an attachment, which both reports write alike. */
export function attachmentOf(attachment: Json): ResultAttachment {
  const body = asText(attachment.body);
  const path = asText(attachment.path);
  return {
    name: asText(attachment.name) ?? "",
    contentType: asText(attachment.contentType) ?? "",
    ...(body !== undefined && { body }),
    ...(path !== undefined && { path }),
  };
}
