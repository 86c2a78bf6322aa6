import { assembleGif } from "../../js/api/assemble-gif.ts";
import { resolveOptions } from "../../js/options/resolve-options.ts";
import { STILL_WIDTH, STILL_WIDTHS } from "../../js/report/still.ts";
import { checkCanvas } from "../check-canvas.ts";
import { usageError } from "../cli-error.ts";
import type { Command } from "../command.ts";
import { defaultOutput, INPUT_FLAGS, inputOptions, readBlob, readInput } from "../input/read-input.ts";
import { optionsFrom } from "../option-flags.ts";
import { type OwnFlag, parseCommandLine, wholeNumber } from "../parse-args.ts";
import { printWarnings } from "../print-result.ts";
import { ProgressDisplay } from "../progress-display.ts";
import { checkOutput, writeOutput } from "../write-output.ts";
import { checkReport, isMarkdown, writeReport } from "../write-report.ts";

const OWN = {
  output: { short: "o", value: "FILE", help: "where the report goes: .html, or .md with the GIF beside it" },
  ...INPUT_FLAGS,
  gif: { value: "FILE", help: "the GIF of the task, if there is one already" },
  "still-width": {
    value: "PX",
    help: `how wide the still of each step is in .html; 0 for none, default ${STILL_WIDTH}`,
  },
  quiet: { short: "q", help: "no progress, only warnings" },
} satisfies Record<string, OwnFlag>;

/** `task-gif report`: a task with its GIF and its steps, in one file. */
export const report: Command = {
  summary: "write a report of a task: GIF, facts and steps in one HTML file that needs nothing else",
  synopsis: "report RECORD | DIR | FILES [-o report.html] [options]",
  flags: OWN,
  withOptions: true,
  examples: [
    ["task-gif report task.json -o report.html", "opens everywhere, without a network"],
    ["task-gif report task.json --gif replay.gif", "with a GIF that was made before"],
    ["task-gif report task.json -o report.md", "Markdown for an issue; report.gif stands beside it"],
  ],
  async run(args, context) {
    const { positionals, values } = parseCommandLine(args, OWN, true);
    const options = optionsFrom(values);
    resolveOptions(options);
    const width = values["still-width"] as string | undefined;
    const stillWidth = width === undefined ? undefined : stillWidthOf(width);
    const output = (values.output as string | undefined) ?? defaultOutput(positionals).replace(/\.gif$/, ".html");
    const given = values.gif as string | undefined;
    if (output === "-") throw usageError("a report needs a name", "as in: -o report.html");
    checkReport(output);
    await checkOutput(output);
    const gifPath = given ?? output.replace(/\.\w+$/, ".gif");
    if (given === undefined) {
      if (isMarkdown(output)) await checkOutput(gifPath);
      await checkCanvas(options, values);
    }
    const skipBad = options.onBadFrame === "skip";
    const input = await readInput(positionals, { ...inputOptions(values, options.skipBlank), skipBad });
    context.files = input.files;
    const display = new ProgressDisplay(values.quiet ? undefined : process.stderr);
    try {
      const { screenshots, run } = input;
      for (const message of input.warnings) display.warn(`warning: ${message}`);
      const made = given ? undefined : await assembleGif(screenshots, { ...options, onProgress: display.show });
      const gif = made ?? { blob: await readBlob(given!) };
      if (isMarkdown(output) && !given) await writeOutput(gifPath, gif.blob);
      await writeReport(output, { gif, gifPath, run, screenshots, ...(stillWidth !== undefined && { stillWidth }) });
      display.line(`${output}: ${screenshots.length} steps`);
      if (made) printWarnings(made, input.files, display);
    } finally {
      display.clear();
    }
  },
};

function stillWidthOf(text: string): number {
  return text === "0" ? 0 : wholeNumber(text, "--still-width", ...STILL_WIDTHS);
}
