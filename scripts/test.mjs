#!/usr/bin/env node
// npm test: sets up what is missing, builds, and runs every check and test. Names of sections limit it to those:
//
//   npm test -- check rust node browser e2e
import { availableParallelism } from "node:os";
import { buildPackage } from "./build.mjs";
import { start } from "./lib/process.mjs";
import { main, StepError } from "./lib/report.mjs";
import { runSideBySide } from "./lib/side-by-side.mjs";
import { SECTIONS, suitesOf } from "./lib/suites.mjs";
import { Tally } from "./lib/tally.mjs";
import { setUp } from "./setup.mjs";

/** Suites that run at once, at most: each has several processes of its own. */
const SIDE_BY_SIDE = 2;

await main(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !SECTIONS.includes(name));
  if (unknown) throw new StepError(`there is no section "${unknown}"; there are: ${SECTIONS.join(", ")}`);
  const sections = SECTIONS.filter((name) => wanted.length === 0 || wanted.includes(name));

  const tally = new Tally();
  title("set-up and build");
  await setUp({ test: sections.some((name) => name !== "check") });
  await buildPackage();

  const suites = sections.flatMap(suitesOf);
  for (const { name, skip } of suites.filter((suite) => suite.skip)) {
    title(name);
    console.log(`skipped: ${skip}`);
    tally.skip(name, skip);
  }
  const outputs = new Map();
  const most = Math.min(SIDE_BY_SIDE, availableParallelism());
  await runSideBySide(
    suites.filter(({ skip }) => !skip),
    most,
    async (suite) => {
      outputs.set(suite, await runSuite(suite, tally, most > 1));
    },
  );
  for (const [suite, output] of outputs) {
    if (tally.failedNames.includes(suite.name)) await retry(suite, output, tally);
  }
  tally.print();
  if (tally.failed > 0) process.exitCode = 1;
});

/** What one suite says is printed in one piece where another may run beside it. */
async function runSuite(suite, tally, hasOthers) {
  if (!hasOthers) title(suite.name);
  const { code, output } = await start(suite.command, suite.args, {
    env: { NO_COLOR: "1", FORCE_COLOR: undefined, ...suite.env },
    collect: true,
    quiet: hasOthers,
  });
  if (hasOthers) {
    title(suite.name);
    process.stdout.write(output);
  }
  tally.add(suite.name, code, suite.count(output, code));
  return output;
}

/** Tries the test files of a suite that failed once more, with nothing beside them. */
async function retry(suite, output, tally) {
  const again = suite.retry?.(output);
  if (!again) return;
  title(`${suite.name}, second try`);
  const { code, output: text } = await start(again.command, again.args, {
    env: { NO_COLOR: "1", FORCE_COLOR: undefined, ...again.env },
    collect: true,
  });
  tally.retry(suite.name, again.files, code, again.count(text, code));
}

function title(text) {
  console.log(`\n=== ${text} ===\n`);
}
