import { asNumber, asObject, asObjects, asText, type Json } from "../../task-records/json-fields.ts";
import { tryParseJson } from "../../task-records/parse-json.ts";
import { asTimestamp } from "../../task-records/timestamp.ts";
import { errorSummary } from "../error-summary.ts";
import type { ReadContext, RecordFile, RecordFormat, RecordMatch } from "../record-format.ts";
import { hideTypedText, SECRET_FIELD } from "../reports/hide-typed-text.ts";
import type { ReportFrame } from "../reports/report-frames.ts";
import { matchOfTests, type ReportedTest, runOfTest } from "../reports/reported-test.ts";
import type { Run } from "../run.ts";

/**
 * JSON reports of Nightwatch, one for each module. The pictures of a test are those that its commands saved, and those that
 * Nightwatch took when the test failed.
 */
export const format: RecordFormat = {
  name: "Nightwatch reports",

  async detect(files, context) {
    const matches: RecordMatch[] = [];
    for (const main of files.all) {
      const report = await reportIn(main, context);
      if (report) matches.push(matchOfTests(main, testsOf(report, context), files));
    }
    return matches;
  },

  async read({ main }, files, context) {
    const report = await reportIn(main, context);
    const runs: Run[] = [];
    for (const test of report ? testsOf(report, context) : [])
      runs.push(await runOfTest(test, { name: "Nightwatch" }, main, files, context));
    return runs;
  },
};

/** Returns the report in a file, if it contains the commands of each test: Nightwatch 2 and later. */
async function reportIn(file: RecordFile, { limits }: ReadContext): Promise<Json | undefined> {
  if (file.kind !== "json" || file.size > limits.textBytes) return undefined;
  const report = asObject(asObject(await file.json())?.report);
  const isReport = asText(report?.modulePath) !== undefined && asObject(report?.completedSections) !== undefined;
  return isReport ? report : undefined;
}

/** Returns the tests of a report. Its other sections are hooks, such as `__beforeEach_hook`. */
function testsOf(report: Json, context: ReadContext): ReportedTest[] {
  const module = asText(report.name) ?? asText(report.modulePath)!.split(/[\\/]/).at(-1)!;
  const completed = asObject(report.completed) ?? {};
  const sections = Object.entries(asObject(report.completedSections) ?? {}).filter(
    ([name]) => !/^__.*_hook$/.test(name),
  );
  const ran = sections.map(([name, section]): ReportedTest => {
    const test = asObject(completed[name]) ?? {};
    const commands = asObjects(asObject(section)?.commands);
    const failed = commands.find(({ status }) => status === "fail");
    const message = asText(asObject(failed?.result)?.message) ?? asText(asObject(test.lastError)?.message);
    return {
      name: `${module} › ${name}`,
      status: statusOf(asText(asObject(section)?.status) ?? asText(test.status)),
      ...(message !== undefined && { error: errorSummary(message) }),
      startedAtMs: asTimestamp(asObject(section)?.startTimestamp),
      frames: framesOf(commands, failed, failurePaths(test), context),
    };
  });
  const names = new Set(sections.map(([name]) => name));
  const skipped = (Array.isArray(report.skipped) ? report.skipped : []).filter((name) => !names.has(name as string));
  return [
    ...ran,
    ...skipped.flatMap((name): ReportedTest[] => {
      return typeof name === "string" ? [{ name: `${module} › ${name}`, status: "skipped", frames: [] }] : [];
    }),
  ];
}

function statusOf(status: string | undefined): Run["status"] {
  if (status === "pass") return "passed";
  return status === "fail" ? "failed" : undefined;
}

/**
 * Returns the pictures that commands saved, each with the caption of the command before it, and then those that Nightwatch took
 * when the test failed. Some versions take the latter by a command too; such a picture is returned once.
 */
function framesOf(
  commands: readonly Json[],
  failed: Json | undefined,
  ofFailure: ReadonlySet<string>,
  context: ReadContext,
): ReportFrame[] {
  const frames: ReportFrame[] = [];
  let act: string | undefined;
  for (const command of commands) {
    const [path] = argumentsOf(command);
    const isCapture = /screenshot$/i.test(asText(command.name) ?? "");
    if (!isCapture) act = captionOf(command, context) ?? act;
    else if (path !== undefined && !ofFailure.has(path))
      frames.push({ reference: path, caption: act, atMs: asNumber(command.endTime) });
  }
  const caption = failed && captionOf(failed, context);
  const atMs = asNumber(failed?.endTime);
  for (const reference of ofFailure) frames.push({ reference, caption, atMs, failed: true });
  return frames;
}

/** Returns the paths of the pictures that Nightwatch took when the test failed. */
function failurePaths(test: Json): Set<string> {
  const paths = asObjects(test.assertions).flatMap(({ screenshots }) =>
    Array.isArray(screenshots) ? screenshots : [],
  );
  return new Set(paths.filter((path): path is string => typeof path === "string"));
}

/** Captions of commands; other commands are shown by their names. */
const WORDS: { readonly [command: string]: string } = {
  url: "Open",
  navigateTo: "Open",
  setValue: "Type into",
  sendKeys: "Type into",
  updateValue: "Type into",
  click: "Click",
  clearValue: "Clear",
};

/** Returns the caption of a command; `undefined` for commands that change nothing on the page. */
function captionOf(command: Json, { captionsOf }: ReadContext): string | undefined {
  const name = asText(command.name);
  if (name === undefined || name === "end" || name === "quit" || /^(?:pause|get|is)(?![a-z])/.test(name))
    return undefined;
  const [target, ...typed] = argumentsOf(command);
  const isTyping = WORDS[name] === "Type into";
  const shown = isTyping ? hideTypedText(typed, SECRET_FIELD.test(target ?? ""), captionsOf) : [];
  return [WORDS[name] ?? name, ...(target === undefined ? [] : [target]), ...shown].join(" ");
}

/** Returns the arguments of a command, which the report holds as JSON texts; for a selector with options, the selector. */
function argumentsOf({ args }: Json): string[] {
  return (Array.isArray(args) ? args : []).flatMap((arg): string[] => {
    const value = typeof arg === "string" ? (tryParseJson(arg) ?? arg) : arg;
    const text = asText(value) ?? asText(asObject(value)?.selector);
    return text === undefined ? [] : [text];
  });
}
