import type { ImageSource } from "../../../public-types.ts";
import { withoutUndefined } from "../../../task-records/json-fields.ts";
import { isPicture } from "../../input/file-kind.ts";
import { withinLimit } from "../../input/limits.ts";
import { blobOfBase64 } from "../../pictures/blob-of-base64.ts";
import type { ReadContext, RecordFile, RecordFiles } from "../../record-format.ts";
import type { Run, RunWarning } from "../../run.ts";
import { readTraceArchive } from "../playwright-trace/read-trace.ts";
import { attachedScreenshots, isNamedByTest, isScreenshot } from "./attached-screenshots.ts";
import type { ResultAttachment, TestResult } from "./test-result.ts";

/** Statuses of runs by the statuses of Playwright. */
const STATUS: { readonly [status: string]: Run["status"] } = {
  passed: "passed",
  failed: "failed",
  timedOut: "failed",
  skipped: "skipped",
  interrupted: "stopped",
};

/**
 * Converts one result to a run: with the screenshots that the test attached if there are several, or else those of its
 * trace. The pictures that Playwright takes of each page at the end show little. `from` is the report.
 */
export async function runOfResult(
  result: TestResult,
  from: RecordFile,
  files: RecordFiles,
  context: ReadContext,
  version: string | undefined,
): Promise<Run> {
  const warnings: RunWarning[] = [];
  const isFailed = STATUS[result.status ?? ""] === "failed" || result.error !== undefined;
  const attachments = await attachedScreenshots(result, isFailed, (attachment) =>
    imageOf(attachment, from, files, context),
  );
  const { screenshots: attached, missing } = attachments;
  warnings.push(...attachments.warnings);
  if (missing.length > 0) {
    const message = `${missing.length} screenshots of the report are not in the record, such as ${missing[0]}`;
    warnings.push({ code: "PICTURE_MISSING", message });
  }
  const chosen = result.attachments.filter((it) => isScreenshot(it) && isNamedByTest(it));
  const trace = result.attachments.find(({ name }) => name === "trace")?.path;
  const traced =
    chosen.length > 1 || trace === undefined ? undefined : await readTraceArchive(trace, from, files, context);
  const screenshots = traced && traced.screenshots.length > attached.length ? traced.screenshots : attached;
  if (screenshots === traced?.screenshots) warnings.splice(0, warnings.length, ...traced.warnings);
  if (screenshots.length === 0 && warnings.length === 0) {
    const message = "the test has no screenshots; set screenshot: 'on' or trace: 'on' in the configuration";
    warnings.push({ code: "NO_SCREENSHOTS", message });
  }
  const { name, retry, error, startedAtMs } = result;
  const status = STATUS[result.status ?? ""] ?? traced?.status ?? (error === undefined ? undefined : "failed");
  return {
    ...withoutUndefined({ name: retry > 0 ? `${name} (retry ${retry})` : name, status, error, startedAtMs }),
    tool: { name: "Playwright Test", ...withoutUndefined({ version: version ?? traced?.tool.version }) },
    screenshots,
    warnings,
  };
}

function imageOf(
  { body, path }: ResultAttachment,
  from: RecordFile,
  files: RecordFiles,
  { resolve, limits }: ReadContext,
): ImageSource | undefined {
  if (body !== undefined) {
    withinLimit(body.length * 0.75, "imageBytes", limits, `bytes in a screenshot of ${from.path}`);
    return () => blobOfBase64(body);
  }
  if (path === undefined) return undefined;
  const file = files.find(path, from);
  if (file && isPicture(file)) return file.image();
  const resolved = resolve?.(path);
  return resolved === undefined ? undefined : () => resolved;
}
