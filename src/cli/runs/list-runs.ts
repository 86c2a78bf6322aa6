import type { Run } from "../../js/runs/run.ts";

/** Maximum number of runs that a message lists. */
const MOST_LISTED = 20;

/** Formats a line for each run, as `task-gif runs` prints them. */
export function listRuns(runs: readonly Run[], most = MOST_LISTED): string {
  const shown = runs.slice(0, most).map((run, i) => `  ${String(i + 1).padStart(3)}  ${describeRun(run)}`);
  if (runs.length > most) shown.push(`  ... and ${runs.length - most} more: task-gif runs PATH lists them`);
  return shown.join("\n");
}

/** Describes a run in one line: how it ended, number of screenshots, name. */
function describeRun({ name, status, screenshots }: Run): string {
  const count = `${screenshots.length} ${screenshots.length === 1 ? "screenshot" : "screenshots"}`;
  return `${(status ?? "-").padEnd(8)} ${count.padEnd(15)} ${name ?? "(no name)"}`;
}
