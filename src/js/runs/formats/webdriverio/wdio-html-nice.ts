import { asObject, asObjects, asText, type Json, oneLine } from "../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../task-records/timestamp.ts";
import { errorSummary } from "../../error-summary.ts";
import type { ReadContext, RecordFile, RecordFormat, RecordMatch } from "../../record-format.ts";
import type { ReportFrame } from "../../reports/report-frames.ts";
import { matchOfTests, type ReportedTest, runOfTest, withRetries } from "../../reports/reported-test.ts";
import type { Run } from "../../run.ts";

/**
 * JSON of wdio-html-nice-reporter for WebdriverIO: each try of a test with its events, which are pictures, messages and errors in
 * the order in which they came. The page beside it shows the same.
 */
export const format: RecordFormat = {
  name: "wdio-html-nice-reporter reports",

  async detect(files, context) {
    const matches: RecordMatch[] = [];
    for (const main of files.all) {
      const report = await reportIn(main, context);
      if (report) matches.push(matchOfTests(main, testsOf(report), files));
    }
    return matches;
  },

  async read({ main }, files, context) {
    const report = await reportIn(main, context);
    const runs: Run[] = [];
    for (const test of report ? testsOf(report) : [])
      runs.push(await runOfTest(test, { name: "wdio-html-nice-reporter" }, main, files, context));
    return runs;
  },
};

/** Returns the report in a file, if its tests have events. */
async function reportIn(file: RecordFile, { limits }: ReadContext): Promise<Json | undefined> {
  if (file.kind !== "json" || file.size > limits.textBytes) return undefined;
  const report = asObject(await file.json());
  const isReport =
    asObject(report?.info) !== undefined &&
    asObject(report?.metrics) !== undefined &&
    allTests(report!).some(({ events }) => Array.isArray(events));
  return isReport ? report : undefined;
}

/** Returns the tests of all suites, once each: a suite can be listed both by the report and by the suite around it. */
function allTests({ suites }: Json): Json[] {
  const tests = asObjects(suites).flatMap((suite) => [...asObjects(suite.tests), ...allTests(suite)]);
  const keys = new Set<unknown>();
  return tests.filter(({ uid, start, title }) => {
    const key = JSON.stringify([uid, start, title]);
    return keys.size < keys.add(key).size;
  });
}

function testsOf(report: Json): ReportedTest[] {
  const tests = allTests(report).map((test) => ({ test, name: [asText(test.parent), asText(test.title)] }));
  const names = withRetries(tests.map(({ name }) => name.filter((part) => part !== undefined).join(" › ")));
  return tests.map(({ test }, i): ReportedTest => {
    const error = asText(asObject(test.error)?.message);
    return {
      name: names[i]!,
      status: statusOf(test.state),
      ...(error !== undefined && { error: errorSummary(error) }),
      startedAtMs: asTimestamp(test.start),
      frames: framesOf(test),
    };
  });
}

/** The messages before a picture are its caption. */
function framesOf({ events }: Json): ReportFrame[] {
  const frames: ReportFrame[] = [];
  let messages: string[] = [];
  for (const { type, value } of asObjects(events)) {
    const text = asText(value);
    if (text === undefined) continue;
    if (type === "log") messages.push(text);
    if (type !== "screenshot") continue;
    frames.push({ reference: text, caption: messages.length > 0 ? oneLine(messages.join(", ")) : undefined });
    messages = [];
  }
  return frames;
}

function statusOf(state: unknown): Run["status"] {
  if (state === "passed" || state === "failed") return state;
  return state === "skipped" || state === "pending" ? "skipped" : undefined;
}
