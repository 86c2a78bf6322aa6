#!/usr/bin/env node
// Runs what measures how far the package can be trusted, at length, and prints the table of www/docs/reliability.md.
//
//   npm run trust                 all rows, about two hours
//   npm run trust -- NAME...      some of them
//   npm run trust -- --seconds 60 how long each fuzz target runs, 600 by default
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { browserVariables, findPython } from "./lib/browsers.mjs";
import { ROOT, start } from "./lib/process.mjs";
import { main, StepError } from "./lib/report.mjs";
import { findNativeToolchain } from "./lib/rust.mjs";
import { countCargo, countNode } from "./lib/tally.mjs";

const count = ({ passed, failed }) => `${passed} passed, ${failed} failed`;
const last = (output, pattern) => output.match(pattern)?.at(-1) ?? "no result";
const node = (...args) => [process.execPath, args];

/** Each row: its name, what it shows, the command, and how to read its output. */
function rows(seconds) {
  const { cargo } = findNativeToolchain();
  const test = (file) => node("--test", "--test-reporter=spec", `tests/trust/${file}.test.mjs`);
  const passed = (output) => count(countNode(output));
  const fuzz = readdirSync(join(ROOT, "tests/fuzz/corpus")).map((target) => [
    `fuzz-${target}`,
    `Fuzzing: ${target}, ${seconds} s`,
    node("scripts/fuzz.mjs", target, seconds),
    (output) => last(output, /\d+ executions, coverage .+|found something/),
  ]);
  return [
    [
      "hostile",
      "Broken and hostile images, natively",
      [cargo, ["test", "--test", "hostile"]],
      (o) => count(countCargo(o)),
    ],
    ["corpus", "Properties over the fuzz corpus", [cargo, ["test", "--test", "corpus"]], (o) => count(countCargo(o))],
    ["browsers", "Hostile images, decoders, option sets in browsers", test("browsers"), passed],
    ["memory", "Memory runs out", test("memory"), passed],
    [
      "decoders",
      "Generated and recorded animations in every decoder",
      node("tests/trust/long.mjs"),
      (o) => last(o, /\d+ animations, .+: the same.+/),
    ],
    [
      "determinism",
      "The same bytes everywhere",
      node("tests/trust/determinism.mjs"),
      (o) => last(o, /\d+ option sets.+/),
    ],
    ["faults", "1000 jobs, a tenth disturbed", node("tests/trust/faults.mjs"), (o) => last(o, /memory from.+/)],
    ["scale", "Long and large tasks", node("tests/bench/scale.mjs"), (o) => o.trim().split("\n").join("<br>")],
    ["licenses", "Licenses and lock files", node("scripts/third-party.mjs", "--check"), (o) => last(o, /\d+ crates.+/)],
    ...fuzz,
  ];
}

await main(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { seconds: { type: "string" } } });
  const all = rows(values.seconds ?? "600");
  const unknown = positionals.find((name) => !all.some(([known]) => known === name));
  if (unknown) throw new StepError(`there is no row "${unknown}"; there are: ${all.map(([name]) => name).join(", ")}`);
  const wanted = all.filter(([name]) => positionals.length === 0 || positionals.includes(name));
  const env = { ...findNativeToolchain().env, ...browserVariables(), PYTHON: findPython(), NO_COLOR: "1" };
  const date = new Date().toISOString().slice(0, 10);
  console.log("| What | Result | Date | Command |\n|---|---|---|---|");
  for (const [name, what, [program, args], read] of wanted) {
    const { code, output } = await start(program, args, { env, quiet: true });
    if (code !== 0) process.exitCode = 1;
    const result = code === 0 ? read(output) : `**failed**, ${read(output)}`;
    console.log(`| ${what} | ${result} | ${date} | \`npm run trust -- ${name}\` |`);
  }
});
