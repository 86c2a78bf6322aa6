import { stat } from "node:fs/promises";
import { assembleGif } from "../../js/api/assemble-gif.ts";
import { GifRecorder } from "../../js/api/gif-recorder.ts";
import { resolveOptions } from "../../js/options/resolve-options.ts";
import type { Options } from "../../js/public-types.ts";
import type { TaskGif } from "../../js/task-gif.ts";
import { makeAll } from "../batch/make-all.ts";
import { checkCanvas } from "../check-canvas.ts";
import { usageError } from "../cli-error.ts";
import type { Command } from "../command.ts";
import { orderPaths } from "../input/order-paths.ts";
import { defaultOutput, INPUT_FLAGS, inputOptions, picturesIn, readInput } from "../input/read-input.ts";
import { watchFolder } from "../input/watch-folder.ts";
import { STORE_FLAGS } from "../open-store.ts";
import { optionsFrom } from "../option-flags.ts";
import { type OwnFlag, parseCommandLine, wholeNumber } from "../parse-args.ts";
import { printResult } from "../print-result.ts";
import { ProgressDisplay } from "../progress-display.ts";
import { ALL_RUNS } from "../runs/choose-run.ts";
import { checkGifOutput, checkOutput } from "../write-output.ts";
import { checkReport, isMarkdown, writeReport } from "../write-report.ts";

const OWN = {
  output: { short: "o", value: "FILE", help: "where the GIF goes; - is standard output" },
  watch: { help: "a folder that is still growing: takes each screenshot as it appears" },
  idle: { value: "SECONDS", help: "with --watch: done when nothing has appeared for so long; default 10" },
  ...INPUT_FLAGS,
  report: { value: "FILE", help: "a report as well: .html with everything in it, or .md" },
  queue: { value: "URL", help: "with --run all: redis://HOST:PORT where task-gif work takes the runs from" },
  ...STORE_FLAGS,
  json: { help: "tell programs what was made, on standard output" },
  quiet: { short: "q", help: "no progress, only warnings" },
} satisfies Record<string, OwnFlag>;

/** `task-gif make`: screenshots to a GIF. */
export const make: Command = {
  summary: "make a GIF of screenshots, a folder of them, or the record of a run",
  synopsis: "make FILES | DIR | RECORD [-o replay.gif] [options]",
  flags: OWN,
  withOptions: true,
  examples: [
    ["task-gif make screenshots/", "all PNG, JPEG and WebP files of a folder, step_2 before step_10"],
    ["task-gif make trace.zip --captions", "a record: a trace, a report, a history, a message log"],
    ["task-gif make allure-results/ --run all -o gifs/", "a GIF of each run in a record, into a folder"],
    ["task-gif make shots/*.png --delay 1500 --scale 0.5", "every frame 1.5 s, half the size"],
    ["task-gif make task.json -o replay.gif --report replay.html", "and a report that opens everywhere"],
    ["task-gif make shots/ --watch --idle 30", "while the task is going on; done after 30 s without a screenshot"],
    ["task-gif make shots/ -o - --quiet > replay.gif", "to another program"],
  ],
  async run(args, context) {
    const { positionals, values } = parseCommandLine(args, OWN, true);
    const options = optionsFrom(values);
    resolveOptions(options); // wrong options are refused before anything is read
    await checkCanvas(options, values);
    const inputs = { ...inputOptions(values, options.skipBlank), skipBad: options.onBadFrame === "skip" };
    if (values.queue !== undefined && inputs.run !== ALL_RUNS) throw usageError("--queue goes with --run all");
    if (inputs.run === ALL_RUNS) return makeAll(positionals, values, options, inputs);
    const output = (values.output as string | undefined) ?? defaultOutput(positionals);
    const json = values.json === true;
    if (json && output === "-") throw usageError("--json and -o - both want standard output", "name a file with -o");
    await checkGifOutput(output);
    const reportPath = values.report as string | undefined;
    if (reportPath !== undefined) {
      if (values.watch) throw usageError("--report needs to know the steps, which --watch does not");
      checkReport(reportPath);
      if (output === "-" && isMarkdown(reportPath)) {
        throw usageError("a report in Markdown shows the GIF beside it, and -o - leaves none", "name a file with -o");
      }
      await checkOutput(reportPath);
    }
    const display = new ProgressDisplay(values.quiet ? undefined : process.stderr);
    const gifOptions = { ...options, onProgress: display.show };
    try {
      if (values.watch) {
        const gif = await record(positionals, idleMs(values.idle), gifOptions, context.files, display);
        return await printResult(gif, { output, json, display, files: context.files });
      }
      const input = await readInput(positionals, inputs);
      for (const message of input.warnings) display.warn(`warning: ${message}`);
      context.files = input.files;
      const gif = await assembleGif(input.screenshots, gifOptions);
      // The report is written first: if it fails, no GIF is written either.
      if (reportPath !== undefined) await writeReport(reportPath, { ...input, gif, gifPath: output });
      await printResult(gif, { output, json, display, files: input.files });
    } finally {
      display.clear();
    }
  },
};

/** Records each screenshot as it appears, so that little work is left when the task ends. */
async function record(
  paths: readonly string[],
  idleMs: number,
  options: Options,
  files: string[],
  display: ProgressDisplay,
): Promise<TaskGif> {
  const [folder] = paths;
  if (folder === undefined || paths.length > 1 || !(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw usageError("--watch needs one folder", "as in: task-gif make screenshots/ --watch");
  }
  const { warning } = await orderPaths(await picturesIn(folder), undefined);
  if (warning !== undefined) display.warn(`warning: ${warning}`);
  const recorder = new GifRecorder(options);
  for await (const { file, image } of watchFolder(folder, { idleMs })) {
    files.push(file);
    await recorder.add({ image });
  }
  return recorder.finish();
}

function idleMs(value: unknown): number {
  return wholeNumber((value as string | undefined) ?? "10", "--idle", 1, 86_400) * 1000;
}
