import { MOST_STILL_PX } from "../../js/inspect/encode-still.ts";
import { posterOf, stillOfStep } from "../../js/inspect/gif-stills.ts";
import { CliError, failureOf, usageError } from "../cli-error.ts";
import type { Command } from "../command.ts";
import { readBlob } from "../input/read-input.ts";
import { type OwnFlag, parseCommandLine, wholeNumber } from "../parse-args.ts";
import { checkOutput, writeOutput } from "../write-output.ts";

const OWN = {
  output: {
    short: "o",
    value: "FILE.png",
    help: "where the still goes, - for standard output; default: beside the GIF",
  },
  step: { value: "N", help: "the step with this number instead of the most informative one" },
  width: { value: "PX", help: "no wider than this; default: the width of the GIF" },
} satisfies Record<string, OwnFlag>;

/** `task-gif poster`: one frame of a GIF as a PNG. */
export const poster: Command = {
  summary: "write one frame of a GIF as a PNG: the most informative one, or a step",
  synopsis: "poster FILE.gif [-o poster.png] [--step N] [--width PX]",
  flags: OWN,
  withOptions: false,
  examples: [
    ["task-gif poster replay.gif", "the last step that is no blank or error page, to replay.png"],
    ["task-gif poster replay.gif --step 7 --width 640 -o step-7.png", "a step, smaller"],
  ],
  async run(args) {
    const { positionals, values } = parseCommandLine(args, OWN, false);
    const [path] = positionals;
    if (path === undefined || positionals.length > 1)
      throw usageError("expected one GIF", "as in: task-gif poster a.gif");
    const { output, step, width } = values as Record<string, string | undefined>;
    const target = output ?? (path === "-" ? "-" : `${path.replace(/\.gif$/i, "")}.png`);
    if (target !== "-" && !/\.png$/i.test(target))
      throw usageError(`-o ${target}: only PNG is written`, "as in: -o poster.png");
    const options = width === undefined ? {} : { width: wholeNumber(width, "--width", 1, MOST_STILL_PX) };
    const number = step === undefined ? undefined : wholeNumber(step, "--step", 0, Number.MAX_SAFE_INTEGER);
    await checkOutput(target);
    const gif = { blob: await readBlob(path) };
    const made = number === undefined ? posterOf(gif, options) : stillOfStep(gif, number, options);
    const still = await made.catch((error: unknown) => {
      if (error instanceof TypeError) throw usageError(error.message.replace("options.step", "--step"));
      const { code, exit, message } = failureOf(error);
      throw new CliError(code, exit, `${path}: ${message}`);
    });
    await writeOutput(target, still);
  },
};
