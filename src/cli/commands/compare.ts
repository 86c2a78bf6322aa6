import { assembleComparison } from "../../js/compare/assemble-comparison.ts";
import { COMPARISON_OPTIONS } from "../../js/compare/compare-options.ts";
import { outcomeText } from "../../js/compare/pair-labels.ts";
import type { ComparedPair, ComparisonGif, ComparisonOptions } from "../../js/compare/run-comparison.ts";
import type { Step } from "../../js/public-types.ts";
import { checkCanvas } from "../check-canvas.ts";
import { usageError } from "../cli-error.ts";
import type { Command } from "../command.ts";
import { type GifInput, INPUT_FLAGS, inputOptions, readInput } from "../input/read-input.ts";
import { OPTION_FLAGS, optionsFrom } from "../option-flags.ts";
import { type OwnFlag, parseCommandLine, wholeNumber } from "../parse-args.ts";
import { printResult } from "../print-result.ts";
import { ProgressDisplay } from "../progress-display.ts";
import { ALL_RUNS } from "../runs/choose-run.ts";
import { checkGifOutput } from "../write-output.ts";

/** The flags of options that comparisons share with GIFs. */
const GIF_FLAGS = Object.fromEntries(
  Object.entries(OPTION_FLAGS).filter(([, { option }]) => COMPARISON_OPTIONS.includes(option.split(".")[0]!)),
);

const OWN: Record<string, OwnFlag> = {
  output: { short: "o", value: "FILE", help: "where the GIF goes, - is standard output; default comparison.gif" },
  ...INPUT_FLAGS,
  "run-a": { value: "N|NAME", help: "which run of the first record, instead of --run" },
  "run-b": { value: "N|NAME", help: "which run of the second record, instead of --run" },
  "label-a": { value: "TEXT", help: "what the left side is called; default: the name of the run, or A" },
  "label-b": { value: "TEXT", help: "what the right side is called; default: the name of the run, or B" },
  "only-different": { help: "leave out the steps that are the same in both runs" },
  tolerance: { value: "N", help: "how far a color channel may be off and count as equal, 0 to 255; default 16" },
  "max-diff-pixel-ratio": { value: "SHARE", help: "how many pixels may differ in a step that is the same; default 0" },
  json: { help: "tell programs what differs, on standard output" },
  quiet: { short: "q", help: "no progress, only warnings" },
  ...GIF_FLAGS,
};

/** `task-gif compare`: two runs side by side. */
export const compare: Command = {
  summary: "compare two runs step by step, and make a GIF of both side by side",
  synopsis: "compare A B [-o comparison.gif] [options]",
  flags: OWN,
  withOptions: false,
  examples: [
    ["task-gif compare before.zip after.zip -o diff.gif", "two records of one test or task, whatever wrote them"],
    ["task-gif compare report.json report.json --run-a 1 --run-b 2", "two runs of one record, such as a retry"],
    ["task-gif compare main/ branch/ --only-different --json", "two folders of screenshots; only what differs"],
  ],
  async run(args) {
    const { positionals, values } = parseCommandLine(args, OWN, false);
    const [pathA, pathB] = positionals;
    if (pathA === undefined || pathB === undefined || positionals.length > 2) {
      throw usageError("expected two records or folders", "as in: task-gif compare before.zip after.zip");
    }
    const output = (values.output as string | undefined) ?? "comparison.gif";
    const json = values.json === true;
    if (json && output === "-") throw usageError("--json and -o - both want standard output", "name a file with -o");
    const options = { captions: true, ...optionsFrom(values) };
    await checkCanvas(options, {});
    await checkGifOutput(output);
    const display = new ProgressDisplay(values.quiet ? undefined : process.stderr);
    try {
      const inputs = [await readSide(pathA, "a", values), await readSide(pathB, "b", values)] as const;
      for (const message of inputs.flatMap(({ warnings }) => warnings)) display.warn(`warning: ${message}`);
      const [a, b] = inputs.map(({ run, screenshots }) => run ?? { screenshots }) as [
        GifInput["run"] & {},
        GifInput["run"] & {},
      ];
      const compared = await assembleComparison(a, b, { ...options, ...ownOptions(values), onProgress: display.show });
      const { gif, shown: _, ...comparison } = compared;
      await printResult(gif, { output, json, display, facts: { comparison } });
      for (const line of summaryOf(compared, [a.screenshots, b.screenshots])) display.line(line);
    } finally {
      display.clear();
    }
  },
};

async function readSide(path: string, side: "a" | "b", values: Record<string, unknown>): Promise<GifInput> {
  const options = inputOptions(values, undefined);
  const run = (values[`run-${side}`] as string | undefined) ?? options.run;
  if (run === ALL_RUNS)
    throw usageError(`--run ${ALL_RUNS}: two runs are compared`, "choose one with --run-a and one with --run-b");
  return readInput([path], { ...options, run });
}

function ownOptions(values: Record<string, unknown>): ComparisonOptions {
  const text = (name: string) => values[name] as string | undefined;
  const [labelA, labelB, tolerance, ratio] = ["label-a", "label-b", "tolerance", "max-diff-pixel-ratio"].map(text);
  if ((labelA === undefined) !== (labelB === undefined)) throw usageError("--label-a and --label-b go together");
  return {
    ...(labelA !== undefined && { labels: [labelA, labelB!] as const }),
    ...(tolerance !== undefined && { tolerance: wholeNumber(tolerance, "--tolerance", 0, 255) }),
    ...(ratio !== undefined && { maxDiffPixelRatio: Number(ratio) }),
    onlyDifferent: values["only-different"] === true,
  };
}

/** Describes the differences, one line per step. */
function summaryOf(
  { pairs, same, changed, onlyA, onlyB }: ComparisonGif,
  [a, b]: readonly [readonly Partial<Step>[], readonly Partial<Step>[]],
): string[] {
  const lines = pairs.flatMap((pair) => {
    if (pair.outcome === "same") return [];
    const step = pair.a === undefined ? b[pair.b!] : a[pair.a];
    return [
      `  ${placeIn(pair.a).padStart(3)} ${placeIn(pair.b).padStart(3)}  ${whatDiffers(pair).padEnd(28)} ${step?.caption ?? ""}`,
    ];
  });
  const counts = `${same} same, ${changed} changed, ${onlyA} only in A, ${onlyB} only in B`;
  return lines.length > 0 ? [counts, "    A   B", ...lines.map((line) => line.trimEnd())] : [counts];
}

const placeIn = (place: number | undefined) => (place === undefined ? "-" : String(place + 1));

function whatDiffers(pair: ComparedPair): string {
  if (pair.outcome !== "changed") return pair.outcome === "onlyA" ? "only in A" : "only in B";
  const facts = pair.changes.filter((change) => change !== "picture");
  return [...(pair.changes.includes("picture") ? [outcomeText(pair)] : []), ...facts].join(", ");
}
