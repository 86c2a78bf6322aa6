import { asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { asTimestamp } from "../../../task-records/timestamp.ts";
import { errorSummary } from "../../error-summary.ts";
import type { ReadContext, RecordFile, RecordFormat, RecordMatch } from "../../record-format.ts";
import type { ReportFrame } from "../../reports/report-frames.ts";
import { matchOfTests, type ReportedTest, runOfTest, withRetries } from "../../reports/reported-test.ts";
import type { Run, RunWarning } from "../../run.ts";

/**
 * Logs of wdio-timeline-reporter for WebdriverIO: each test with the pictures that were taken during it. The page beside
 * them has the same content.
 */
export const format: RecordFormat = {
  name: "wdio-timeline-reporter logs",

  async detect(files, context) {
    const matches: RecordMatch[] = [];
    for (const main of files.all) {
      const log = await logIn(main, context);
      if (log) matches.push(matchOfTests(main, testsOf(log), files));
    }
    return matches;
  },

  async read({ main }, files, context) {
    const log = await logIn(main, context);
    const runs: Run[] = [];
    for (const test of log ? testsOf(log) : [])
      runs.push(await runOfTest(test, { name: "wdio-timeline-reporter" }, main, files, context));
    return runs;
  },
};

/** The log in a file: suites with tests, each of which lists its pictures. */
async function logIn(file: RecordFile, { limits }: ReadContext): Promise<Json | undefined> {
  if (file.kind !== "json" || file.size > limits.textBytes) return undefined;
  const log = asObject(await file.json());
  const tests = asObjects(log?.suites).flatMap((suite) => asObjects(suite.tests));
  const isLog =
    asObject(log?.capabilities) !== undefined && tests.some(({ screenshots }) => Array.isArray(screenshots));
  return isLog ? log : undefined;
}

function testsOf(log: Json): ReportedTest[] {
  const tests = asObjects(log.suites).flatMap((suite) => {
    return asObjects(suite.tests).map((test) => ({ test, titles: [asText(suite.title), asText(test.title)] }));
  });
  const names = tests.map(({ titles }) => titles.filter((title) => title !== undefined).join(" › "));
  const told = withRetries(names);
  return tests.map(({ test }, i): ReportedTest => {
    const error = asText(asObject(test.error)?.message);
    const frames = framesOf(test);
    const isAfterPassed = tests[i - 1]?.test.state === "passed" && frames.length > 0;
    return {
      name: told[i]!,
      // A repeated try stays "pending", like a skipped test.
      status: test.state === "pending" && names[i + 1] === names[i] ? "failed" : statusOf(test.state),
      ...(error !== undefined && { error: errorSummary(error) }),
      startedAtMs: asTimestamp(test.start),
      frames,
      warnings: isAfterPassed ? [FIRST_MAY_BE_LATE] : [],
    };
  });
}

/** The reporter's service takes a picture at the end of each test, when the log is already at the next test. */
const FIRST_MAY_BE_LATE: RunWarning = {
  code: "MEANING_GUESSED",
  message: "the first picture may show the end of the test before: the reporter lists it with the next one",
};

/** Returns the time of a picture, which is its name. */
const NAME = /file-(\d{13})\.\w+$/;

function framesOf({ screenshots }: Json): ReportFrame[] {
  const paths: unknown[] = Array.isArray(screenshots) ? screenshots : [];
  return paths.flatMap((path): ReportFrame[] => {
    if (typeof path !== "string") return [];
    const atMs = NAME.exec(path)?.[1];
    return [{ reference: path, atMs: atMs === undefined ? undefined : Number(atMs) }];
  });
}

function statusOf(state: unknown): Run["status"] {
  if (state === "passed" || state === "failed") return state;
  return state === "skipped" || state === "pending" ? "skipped" : undefined;
}
