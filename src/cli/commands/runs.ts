import type { Run } from "../../js/runs/run.ts";
import { usageError } from "../cli-error.ts";
import type { Command } from "../command.ts";
import { INPUT_FLAGS, inputOptions, readRunsAt } from "../input/read-input.ts";
import { type OwnFlag, parseCommandLine } from "../parse-args.ts";
import { listRuns } from "../runs/list-runs.ts";
import { writeStdout } from "../write-output.ts";

const { order, "captions-of": captionsOf } = INPUT_FLAGS;
const OWN = {
  order,
  "captions-of": captionsOf,
  json: { help: "tell programs what was found, on standard output" },
} satisfies Record<string, OwnFlag>;

/** `task-gif runs`: the runs of a record. */
export const runs: Command = {
  summary: "list the runs in a record: traces, reports, histories, message logs, folders of them",
  synopsis: "runs PATH [--json]",
  flags: OWN,
  withOptions: false,
  examples: [
    ["task-gif runs trace.zip", "a Playwright trace"],
    ["task-gif runs allure-results/", "every test of a report, with its number for make --run"],
    ["task-gif runs playwright-report/ --json", "for programs, with captions, clicks and warnings"],
  ],
  async run(args) {
    const { positionals, values } = parseCommandLine(args, OWN, false);
    const [path] = positionals;
    if (path === undefined || positionals.length > 1)
      throw usageError("expected one record", "as in: task-gif runs trace.zip");
    const found = await readRunsAt(path, inputOptions(values, undefined));
    if (values.json) return writeStdout(`${JSON.stringify(found.map(withoutPictures), null, 2)}\n`);
    await writeStdout(`${listRuns(found, Number.POSITIVE_INFINITY)}\n`);
    for (const [i, { warnings }] of found.entries()) {
      for (const { message } of warnings) process.stderr.write(`run ${i + 1}: ${message}\n`);
    }
  },
};

/** Converts a run to JSON: all facts of each screenshot, without the picture. */
function withoutPictures({ screenshots, ...run }: Run, i: number): Record<string, unknown> {
  return { run: i + 1, ...run, screenshots: screenshots.map(({ image: _, ...facts }) => facts) };
}
