import { folderOf, nameOf } from "../../input/record-path.ts";
import type { RecordFile, RecordFiles } from "../../record-format.ts";
import type { ReportFrame } from "../../reports/report-frames.ts";
import { stepCaption } from "./step-caption.ts";

/** A run of CodeceptJS, from either of its plugins. */
export type CodeceptRun = {
  title: string;
  hasFailed: boolean | undefined;
  error?: string | undefined;
  frames: ReportFrame[];
};

/** Start of trace.md, written by the plugin aiTrace. */
export const TRACE_HEAD = /^file: [^\n]*\r?\nname: (?<title>[^\n\r]*)\r?\n(?:time: [\d.]+s\r?\n)?---\r?\n/;
const STEP = /^### Step \d+: (.*)$/;
const LINK = /^ {2}> \[Screenshot\]\((.+)\)$/;
/** A note that the other plugin, if enabled, wrote during the step. */
const NOTE = /^ {2}> \[Screenshot\] (.+)$/;
const URL_LINE = /^ {2}> navigated to (\S+)$/;

/** Reads a trace.md: pictures were taken after their step, and the last step of a failed test is the failed one. */
export function readAiTrace(
  text: string,
  file: RecordFile,
  files: RecordFiles,
  captionsOf: "titles" | "all",
): CodeceptRun {
  const head = TRACE_HEAD.exec(text)!;
  const body = text.slice(head[0].length);
  // A failed test has a block for its error between two rules. In 4.2 the block is empty.
  const preface = body.trimStart();
  const hasFailed = !/^(?:CodeceptJS Debug Output:|### Step )/.test(preface);
  const error = hasFailed ? /^Error: (.+)/.exec(preface)?.[1] : undefined;
  const blocks = body.split(/^(?=### Step \d+: )/m).filter((block) => STEP.test(firstLine(block)));
  const frames = blocks.flatMap((block, i): ReportFrame[] => {
    const lines = block.split(/\r?\n/);
    const link = lines.map((line) => LINK.exec(line)?.[1]).find((found) => found !== undefined);
    if (link === undefined) return [];
    const isLast = i === blocks.length - 1;
    return [
      {
        reference: pictureOf(link, lines, file, files),
        caption: stepCaption(STEP.exec(lines[0]!)![1]!, captionsOf),
        url: lines.map((line) => URL_LINE.exec(line)?.[1]).find((found) => found !== undefined),
        ...(hasFailed && isLast && { failed: true }),
      },
    ];
  });
  return { title: head.groups!.title!.trim(), hasFailed, error, frames };
}

const firstLine = (block: string) => block.slice(0, block.search(/\r?\n|$/));

/**
 * Returns the picture of a step. If slides are enabled too, its link is "./0000.png", which is in a folder of the other plugin: the note
 * of that plugin has the full path, and a picture of this plugin is beside the trace, named by the number of the step.
 */
function pictureOf(link: string, lines: readonly string[], file: RecordFile, files: RecordFiles): string {
  const folder = folderOf(file.path);
  const name = link.replace(/^\.\//, "");
  if (files.at(folder === "" ? name : `${folder}/${name}`)) return link;
  const note = lines.map((line) => NOTE.exec(line)?.[1]).find((path) => path !== undefined && nameOf(path) === name);
  if (note !== undefined && files.find(note, file)) return note;
  const number = /^(\d{4})\.\w+$/.exec(name)?.[1];
  const own = files
    .under(folder)
    .find(
      (other) => number !== undefined && other.name.startsWith(`${number}_`) && /_screenshot\.\w+$/.test(other.name),
    );
  return own?.name ?? link;
}
