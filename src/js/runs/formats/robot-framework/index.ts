import { TaskGifError } from "../../../task-gif-error.ts";
import { asObject } from "../../../task-records/json-fields.ts";
import { isPicture } from "../../input/file-kind.ts";
import { folderOf } from "../../input/record-path.ts";
import type { ReadContext, RecordFile, RecordFormat, RecordMatch } from "../../record-format.ts";
import { FAILURE_UNSEEN, plainError, screenshotsOf } from "../../reports/report-frames.ts";
import type { Run, RunWarning } from "../../run.ts";
import { robotFrames } from "./robot-frames.ts";
import { readRobotJson } from "./robot-json.ts";
import { type RobotOutput, type RobotTest, readRobotOutput } from "./robot-output.ts";

/** Number of bytes that are searched for the root element. */
const HEAD_BYTES = 4096;
const ROOT = /<robot\s[^>]*\bgenerator\s*=/;
const JSON_GENERATOR = /"generator"\s*:\s*"(?:Robot|Rebot) /;

/**
 * output.xml of Robot Framework, with screenshots of any library. Each test is a run, and its pictures are those that its keywords
 * logged.
 */
export const format: RecordFormat = {
  name: "Robot Framework output",

  async detect(files) {
    const matches: RecordMatch[] = [];
    for (const file of files.all) {
      if (!(await isOutput(file))) continue;
      const claims = files.under(folderOf(file.path)).filter((other) => other === file || isPicture(other));
      matches.push({ path: file.path, claims, main: file });
    }
    return matches;
  },

  async read({ main }, files, context) {
    const output = await outputOf(main, context);
    const [, tool = "Robot", version] = /^(\w+) ([\w.]+)/.exec(output.generator) ?? [];
    const tests = [...output.fixtures.filter(hasImages).map(asFixture), ...output.tests];
    tests.sort((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0));
    const names = namesOf(tests);
    const runs: Run[] = [];
    for (const [i, test] of tests.entries()) {
      const { frames, cutOuts } = robotFrames(test, context.captionsOf);
      const { screenshots, warnings } = await screenshotsOf(frames, main, files, context);
      const status = statusOf(test.status);
      const error = status === "failed" ? plainError(test.message) : undefined;
      runs.push({
        name: names[i]!,
        ...(status && { status }),
        ...(error !== undefined && { error }),
        ...(test.startMs !== undefined && { startedAtMs: test.startMs }),
        tool: { name: tool === "Robot" ? "Robot Framework" : tool, ...(version !== undefined && { version }) },
        screenshots,
        warnings: [...warnings, ...warningsOf(test, frames, cutOuts, output.isCutOff && test === tests.at(-1))],
      });
    }
    return runs;
  },
};

async function isOutput(file: RecordFile): Promise<boolean> {
  if (file.kind !== "xml" && file.kind !== "json") return false;
  const head = await (await file.blob()).slice(0, HEAD_BYTES).text();
  if (file.kind === "xml") return ROOT.test(head);
  // Robot writes this key first, but other tools may sort the keys.
  return JSON_GENERATOR.test(head) && typeof asObject(await file.json())?.generator === "string";
}

async function outputOf(file: RecordFile, context: ReadContext): Promise<RobotOutput> {
  const output =
    file.kind === "xml" ? await readRobotOutput(await file.blob(), context) : readRobotJson(await file.json());
  if (output) return output;
  throw new TaskGifError(
    "UNREADABLE",
    `expected the JSON output of Robot Framework in ${file.path}, found a part of it`,
  );
}

function warningsOf(
  test: RobotTest,
  frames: readonly { failed?: boolean | undefined }[],
  cutOuts: number,
  isCutOff: boolean,
): RunWarning[] {
  const warnings: RunWarning[] = [];
  if (cutOuts > 0) {
    const message = `${cutOuts} pictures of elements are left out, beside those of the whole page`;
    warnings.push({ code: "CUT_OUTS_SKIPPED", message });
  }
  if (test.status === "FAIL" && frames.length > 0 && !frames.some(({ failed }) => failed))
    warnings.push(FAILURE_UNSEEN);
  if (isCutOff) {
    const message = "the file ends in the middle, or is damaged there; what comes before is read";
    warnings.push({ code: "RECORD_DAMAGED", message });
  }
  return warnings;
}

function statusOf(status: string | undefined): Run["status"] {
  if (status === "PASS") return "passed";
  if (status === "FAIL") return "failed";
  return status === "SKIP" || status === "NOT_RUN" || status === "NOT RUN" ? "skipped" : undefined;
}

/** Returns the run of the setup and teardown of a suite. */
const asFixture = (fixture: RobotTest): RobotTest => ({ ...fixture, name: `${fixture.name}: setup and teardown` });

function hasImages(fixture: RobotTest): boolean {
  return robotFrames(fixture, "titles").frames.length > 0;
}

/** Returns the names of tests; with several suites, the name of the suite precedes. */
function namesOf(tests: readonly RobotTest[]): string[] {
  const suites = new Set(tests.map(({ suites }) => suites.join("\0")));
  if (suites.size < 2) return tests.map(({ name }) => name);
  return tests.map(({ name, suites }) => [...suites, name].join(" › "));
}
