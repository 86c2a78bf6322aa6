import type { Run } from "../../js/runs/run.ts";
import { CliError } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";
import { listRuns } from "./list-runs.ts";

/** Value of `--run` for every run. */
export const ALL_RUNS = "all";

/**
 * Returns the run with the number, from 1, or the name `wanted`. If the record has one run, `wanted` may be absent.
 *
 * @throws `CliError` `SEVERAL_RUNS` where there are several to choose from, `NO_SUCH_RUN` where none is meant.
 */
export function chooseRun(runs: readonly Run[], wanted: string | undefined, path: string): Run {
  const [first] = runs;
  if (wanted === undefined) {
    if (first && runs.length === 1) return first;
    const remedy = `choose one with --run N or --run NAME, or all of them with --run ${ALL_RUNS}:\n${listRuns(runs)}`;
    throw new CliError("SEVERAL_RUNS", EXIT.usage, `${path} holds ${runs.length} runs`, remedy);
  }
  const numbered = /^\d+$/.test(wanted) ? runs[Number(wanted) - 1] : undefined;
  const named = runs.filter(({ name }) => name === wanted);
  const run = numbered ?? (named.length === 1 ? named[0] : undefined);
  if (run) return run;
  const found = named.length > 1 ? `${named.length} runs are called ${wanted}` : `there is no run ${wanted}`;
  throw new CliError("NO_SUCH_RUN", EXIT.usage, `${path}: ${found}`, `it holds:\n${listRuns(runs)}`);
}
