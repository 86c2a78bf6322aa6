import { asNumber, asObject, asObjects, asText, type Json } from "../../task-records/json-fields.ts";
import { errorSummary } from "../error-summary.ts";
import { parseJson } from "../input/parse-limited-json.ts";
import type { ReadContext, RecordFile, RecordFormat, RecordMatch } from "../record-format.ts";
import type { ReportFrame } from "../reports/report-frames.ts";
import { matchOfTests, type ReportedTest, runOfTest } from "../reports/reported-test.ts";
import type { Run } from "../run.ts";

/** Text around the data, in a separate script or in the page. */
const DATA = /jest_html_reporters_callback__\(\s*(?=\{)/;
/** Number of characters at the start of a script that are searched for the data. */
const HEAD_BYTES = 256;

/** Reports of jest-html-reporters. The pictures of a test are those that it attached (`addAttach`). */
export const format: RecordFormat = {
  name: "jest-html-reporters reports",

  async detect(files, context) {
    const matches: RecordMatch[] = [];
    for (const main of files.all) {
      if (main.kind !== "text" || !DATA.test(await (await main.blob()).slice(0, HEAD_BYTES).text())) continue;
      matches.push(matchOfTests(main, await testsIn(main, context), files));
    }
    return matches;
  },

  async read({ main }, files, context) {
    const runs: Run[] = [];
    for (const test of await testsIn(main, context))
      runs.push(await runOfTest(test, { name: "jest-html-reporters" }, main, files, context));
    return runs;
  },
};

async function testsIn(file: RecordFile, { limits }: ReadContext): Promise<ReportedTest[]> {
  const text = await file.text();
  const start = DATA.exec(text);
  const end = text.lastIndexOf(")");
  if (!start || end < start.index) return [];
  const data = asObject(parseJson(text.slice(start.index + start[0].length, end), limits, file.path)) ?? {};
  const attached = asObject(data.attachInfos) ?? {};
  return asObjects(data.testResults).flatMap(({ testFilePath, testResults }) => {
    const ofFile = asObject(attached[asText(testFilePath) ?? ""]) ?? {};
    return asObjects(testResults).map((test) => testOf(test, asObjects(ofFile[asText(test.fullName) ?? ""])));
  });
}

function testOf(test: Json, attachments: readonly Json[]): ReportedTest {
  const above = Array.isArray(test.ancestorTitles)
    ? test.ancestorTitles.filter((title) => typeof title === "string")
    : [];
  const messages = Array.isArray(test.failureMessages) ? test.failureMessages : [];
  const error = asText(messages[0])?.split("\n    at ")[0];
  return {
    name: [...above, asText(test.title) ?? "test"].join(" › "),
    status: statusOf(test.status),
    ...(error !== undefined && { error: errorSummary(error) }),
    frames: attachments.flatMap(({ filePath, description, createTime }): ReportFrame[] => {
      const reference = asText(filePath);
      if (reference === undefined) return [];
      return [{ reference, caption: asText(description), atMs: asNumber(createTime) }];
    }),
  };
}

function statusOf(status: unknown): Run["status"] {
  if (status === "passed" || status === "failed") return status;
  return status === "pending" || status === "skipped" || status === "todo" ? "skipped" : undefined;
}
