import { join } from "node:path";
import { CliError, EXIT } from "../errors.ts";
import { writeOutput } from "../write-output.ts";

/** What became of one run, as `--json` and the summary file say it. */
export type RunOutcome = {
  run: number;
  name?: string;
  status?: string;
  /** File of its GIF, in the folder. */
  gif?: string;
  bytes?: number;
  /** Why there is none. */
  error?: { code: string; message: string };
};

/** The summary of a batch, beside its GIFs. */
const SUMMARY = "runs.json";
/** Why there may be no GIF that is no failure of the batch. */
const NO_FAILURES = new Set(["TOO_FEW_SCREENSHOTS", "NOT_FINISHED", "EXPIRED"]);

/**
 * Writes the summary of a batch, into its folder and where `write` says.
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
