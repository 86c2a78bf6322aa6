import { dirname, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { type StillSource, stillsByStep } from "../js/inspect/gif-stills.ts";
import type { DescribedScreenshot } from "../js/public-types.ts";
import { reportHtml } from "../js/report/html.ts";
import { reportMarkdown } from "../js/report/markdown.ts";
import type { ReportOptions, ReportStep, ReportTask } from "../js/report/report-options.ts";
import { STILL_WIDTH } from "../js/report/still.ts";
import type { Run } from "../js/runs/run.ts";
import { usageError } from "./cli-error.ts";
import { writeOutput } from "./write-output.ts";

/** The content of a report. */
export type ReportParts = {
  gif: StillSource;
  /** Path of the GIF, for Markdown. */
  gifPath: string;
  /** The run, if a record has one. */
  run?: Run | undefined;
  screenshots: readonly DescribedScreenshot[];
  /** Width of each step's still in CSS pixels; 0 for none. */
  stillWidth?: number;
};

/** Pixels of a still for each CSS pixel, so that it is sharp on paper. */
const STILL_DENSITY = 2;

const MARKDOWN = /\.(md|markdown)$/i;

/** Whether a report at this path refers to a separate GIF instead of containing it. */
export const isMarkdown = (path: string): boolean => MARKDOWN.test(path);

/** Fails before the work if the extension of the path is not one of a report. */
export function checkReport(path: string): void {
  if (!isMarkdown(path) && !/\.html?$/i.test(path)) {
    throw usageError(`expected a report to end in .html or .md, found ${path}`, "as in: --report replay.html");
  }
}

/** Writes the report of a task: one self-contained HTML file, or Markdown. */
export async function writeReport(
  path: string,
  { gif, gifPath, run, screenshots, stillWidth = STILL_WIDTH }: ReportParts,
): Promise<void> {
  const facts = { ...(run && { task: taskOf(run) }) };
  const steps = screenshots.map(stepOf);
  const text = isMarkdown(path)
    ? reportMarkdown({ ...facts, steps, gif: linkFrom(path, gifPath) })
    : await htmlReport(facts, steps, gif, stillWidth);
  await writeOutput(path, text);
}

async function htmlReport(
  facts: Pick<ReportOptions, "task">,
  steps: readonly ReportStep[],
  gif: StillSource,
  stillWidth: number,
): Promise<string> {
  const bytes = await gif.blob.arrayBuffer();
  if (stillWidth === 0) return reportHtml({ ...facts, steps, gif: bytes });
  const numbers = steps.map(({ number }, i) => number ?? i + 1);
  const stills = await stillsByStep(gif, numbers, { width: stillWidth * STILL_DENSITY });
  const withStill = async (step: ReportStep, i: number): Promise<ReportStep> => {
    const still = await stills.get(numbers[i]!)?.arrayBuffer();
    return { ...step, ...(still && { still }) };
  };
  return reportHtml({ ...facts, stillWidth, steps: await Promise.all(steps.map(withStill)), gif: bytes });
}

/**
 * The address of `target` in a document at `path`: relative, or of the file where there is no way from one to the
 * other.
 */
function linkFrom(path: string, target: string): string {
  const way = relative(dirname(resolve(path)), resolve(target));
  // On Windows, a path on another drive stays absolute.
  if (resolve(way) === way) return pathToFileURL(target).href;
  return way.split(sep).map(encodeURIComponent).join("/");
}

/** Converts a run to the task of a report. */
function taskOf({ id, name, status, error, output, startedAtMs, endedAtMs }: Run): ReportTask {
  const moment = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString());
  return {
    id: id ?? null,
    task: name ?? null,
    status: status === "passed" ? "finished" : (status ?? null),
    output: output ?? error ?? null,
    created_at: moment(startedAtMs),
    finished_at: moment(endedAtMs),
  };
}

function stepOf({ number, caption, url, timestampMs }: DescribedScreenshot): ReportStep {
  return {
    ...(number !== undefined && { number }),
    ...(caption !== undefined && { caption }),
    ...(url !== undefined && { url }),
    ...(timestampMs !== undefined && { timestampMs }),
  };
}
