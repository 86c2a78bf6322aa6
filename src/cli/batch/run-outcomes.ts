import { join } from "node:path";
import { CliError } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";
import { writeOutput } from "../write-output.ts";

/** Result of one run, as in `--json` and in the summary file. */
export type RunOutcome = {
  run: number;
  name?: string;
  status?: string;
  /** Name of the GIF in the folder. */
  gif?: string;
  bytes?: number;
  /** Why there is no GIF. */
  error?: { code: string; message: string };
};

/** Name of the summary file beside the GIFs. */
const SUMMARY = "runs.json";
/** Codes of runs without a GIF that do not make the batch fail. */
const NO_FAILURES = new Set(["TOO_FEW_SCREENSHOTS", "NOT_FINISHED", "EXPIRED"]);

/**
 * Writes the summary of a batch into its folder, and by `write`.
 *
 * @throws `CliError` `RUNS_FAILED` when a run has no GIF that should have one.
 */
export async function reportOutcomes(
  folder: string,
  outcomes: readonly RunOutcome[],
  write?: (text: string) => Promise<void>,
): Promise<void> {
  const text = `${JSON.stringify(outcomes, null, 2)}\n`;
  await writeOutput(join(folder, SUMMARY), new Blob([text]));
  await write?.(text);
  const failed = outcomes.filter(({ error }) => error && !NO_FAILURES.has(error.code));
  if (failed.length > 0) {
    const message = `${failed.length} of ${outcomes.length} runs have no GIF; ${join(folder, SUMMARY)} says why`;
    throw new CliError("RUNS_FAILED", EXIT.input, message);
  }
}
