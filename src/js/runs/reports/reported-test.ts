import { withoutUndefined } from "../../task-records/json-fields.ts";
import { isPicture } from "../input/file-kind.ts";
import type { ReadContext, RecordFile, RecordFiles, RecordMatch } from "../record-format.ts";
import type { Run, RunTool, RunWarning } from "../run.ts";
import { FAILURE_UNSEEN, type ReportFrame, screenshotsOf } from "./report-frames.ts";

/** One try of a test in a report. */
export type ReportedTest = {
  name: string;
  status: Run["status"] | undefined;
  /** Plain text. */
  error?: string | undefined;
  startedAtMs?: number | undefined;
  frames: readonly ReportFrame[];
  /** Warnings about uncertain facts. */
  warnings?: readonly RunWarning[];
};

/** Converts a try of a test to a run. `from`: the report. */
export async function runOfTest(
  { name, status, error, startedAtMs, frames, warnings: known = [] }: ReportedTest,
  tool: RunTool,
  from: RecordFile,
  files: RecordFiles,
  context: ReadContext,
): Promise<Run> {
  const { screenshots, warnings } = await screenshotsOf(frames, from, files, context);
  if (status === "failed" && screenshots.length > 0 && !screenshots.some(({ failed }) => failed))
    warnings.push(FAILURE_UNSEEN);
  const shownError = status === "failed" ? error : undefined;
  return {
    name,
    ...withoutUndefined({ status, error: shownError, startedAtMs }),
    tool,
    screenshots,
    warnings: [...known, ...warnings],
  };
}

/** Returns the match of a report, which claims the pictures of its tests. */
export function matchOfTests(main: RecordFile, tests: readonly ReportedTest[], files: RecordFiles): RecordMatch {
  const named = tests.flatMap(({ frames }) => frames.map(({ reference }) => files.find(reference, main)));
  const pictures = named.filter((file) => file !== undefined && isPicture(file)) as RecordFile[];
  return { path: main.path, main, claims: [main, ...pictures] };
}

/** Numbers the retries among names of tests, which are in the order in which they ran: a repeated name is a retry. */
export function withRetries(names: readonly string[]): string[] {
  const tries = new Map<string, number>();
  return names.map((name) => {
    const number = tries.get(name) ?? 0;
    tries.set(name, number + 1);
    return number > 0 ? `${name} (retry ${number})` : name;
  });
}
