#!/usr/bin/env node
// npm test: sets up what is missing, builds, and runs every check and test. Names of sections limit it to those:
//
//   npm test -- check rust node browser e2e
import { buildPackage } from "./build.mjs";
import { start } from "./lib/process.mjs";
import { main, StepError } from "./lib/report.mjs";
import { SECTIONS, suitesOf } from "./lib/suites.mjs";
import { Tally } from "./lib/tally.mjs";
import { setUp } from "./setup.mjs";

await main(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !SECTIONS.includes(name));
  if (unknown) throw new StepError(`there is no section "${unknown}"; there are: ${SECTIONS.join(", ")}`);
  const sections = SECTIONS.filter((name) => wanted.length === 0 || wanted.includes(name));

  const tally = new Tally();
  title("set-up and build");
  await setUp({ test: sections.some((name) => name !== "check") });
  await buildPackage();

  for (const suite of sections.flatMap(suitesOf)) {
    title(suite.name);
    if (suite.skip) {
      console.log(`skipped: ${suite.skip}`);
      tally.skip(suite.name, suite.skip);
      continue;
    }
    const { code, output } = await start(suite.command, suite.args, {
      env: { NO_COLOR: "1", FORCE_COLOR: undefined, ...suite.env },
      collect: true,
    });
    tally.add(suite.name, code, suite.count(output, code));
  }
  tally.print();
  if (tally.failed > 0) process.exitCode = 1;
});

function title(text) {
  console.log(`\n=== ${text} ===\n`);
}
