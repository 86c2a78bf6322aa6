import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { assembleGif } from "../../js/api/assemble-gif.ts";
import type { Options } from "../../js/public-types.ts";
import { failureOf, usageError } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";
import { addRun, fileNameOf, type GifInput, type InputOptions, readRunsAt } from "../input/read-input.ts";
import { printWarnings, readableBytes } from "../print-result.ts";
import { ProgressDisplay } from "../progress-display.ts";
import { writeOutput, writeStdout } from "../write-output.ts";
import { makeInStore } from "./make-in-store.ts";
import { type RunOutcome, reportOutcomes } from "./run-outcomes.ts";

/**
 * Makes a GIF of every run of a record into a folder, one after another, with a summary in `runs.json`. Existing GIFs
 * are kept, so that an interrupted batch can be continued.
 *
 * @throws `CliError` `RUNS_FAILED` after all are tried, when a run with enough screenshots has no GIF.
 */
export async function makeAll(
  paths: readonly string[],
  values: Record<string, unknown>,
  options: Options,
  inputs: InputOptions,
): Promise<void> {
  const [path] = paths;
  const folder = values.output as string | undefined;
  if (path === undefined || paths.length > 1)
    throw usageError("--run all takes one record", "as in: make report/ --run all -o gifs/");
  if (folder === undefined || folder === "-")
    throw usageError("--run all needs a folder", "name it with -o, as in: -o gifs/");
  for (const name of ["watch", "report"]) {
    if (values[name] !== undefined) throw usageError(`--${name} goes with one run`, "choose it with --run N");
  }
  if (values.queue !== undefined || path.startsWith("s3://")) return makeInStore(path, folder, values, options);
  await mkdir(folder, { recursive: true });
  const display = new ProgressDisplay(values.quiet ? undefined : process.stderr);
  const outcomes: RunOutcome[] = [];
  try {
    for (const [i, run] of (await readRunsAt(path, inputs)).entries()) {
      const outcome: RunOutcome = {
        run: i + 1,
        ...(run.name && { name: run.name }),
        ...(run.status && { status: run.status }),
      };
      outcomes.push(outcome);
      const file = fileNameOf(run, i + 1);
      const there = await stat(join(folder, file)).catch(() => undefined);
      if (there?.isFile() && there.size > 0) {
        Object.assign(outcome, { gif: file, bytes: there.size });
        display.line(`${file}: is there already`);
        continue;
      }
      const input: GifInput = { screenshots: [], files: [], warnings: [] };
      addRun(input, run, path);
      for (const message of input.warnings) display.warn(`warning: run ${i + 1}: ${message}`);
      try {
        const made = await assembleGif(input.screenshots, { ...options, onProgress: display.show });
        const { blob } = made;
        await writeOutput(join(folder, file), blob);
        Object.assign(outcome, { gif: file, bytes: blob.size });
        display.line(`${file}: ${readableBytes(blob.size)}`);
        printWarnings(made, input.files, display);
      } catch (error) {
        const { exit, code, message } = failureOf(error, input.files);
        if (exit === EXIT.output) throw error;
        outcome.error = { code, message };
        display.line(`run ${i + 1}: ${code}: ${message}`);
      }
    }
  } finally {
    display.clear();
  }
  await reportOutcomes(folder, outcomes, values.json === true ? writeStdout : undefined);
}
