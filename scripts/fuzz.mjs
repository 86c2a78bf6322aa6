#!/usr/bin/env node
// Fuzzes one target, or all of them in turn, with the coverage feedback of libFuzzer; needs a C++ compiler and nothing
// but stable Rust, since the crate is safe Rust and goes without the sanitizers.
//
//   node scripts/fuzz.mjs [client|decode|pipeline|probe|reader|all] [seconds, 600]
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run, start } from "./lib/process.mjs";
import { main, StepError, say } from "./lib/report.mjs";
import { findNativeToolchain } from "./lib/rust.mjs";

const FUZZ = join(ROOT, "tests/fuzz");
const TARGET_FOLDER = join(ROOT, "target/fuzz");
const COVERAGE = [
  "--cfg fuzzing",
  "-Cpasses=sancov-module",
  "-Cllvm-args=-sanitizer-coverage-level=4",
  "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
  "-Cllvm-args=-sanitizer-coverage-pc-table",
  "-Cllvm-args=-sanitizer-coverage-trace-compares",
  "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
  "-Ccodegen-units=1",
];

await main(async () => {
  const [wanted = "all", seconds = "600"] = process.argv.slice(2);
  const known = readdirSync(join(FUZZ, "corpus")).sort();
  const targets = wanted === "all" ? known : [wanted];
  if (!targets.every((target) => known.includes(target))) {
    throw new StepError(`there is no target "${wanted}"; there are: ${known.join(", ")}`);
  }
  const { cargo, rustc, env } = findNativeToolchain();
  const triple = (await run(rustc, ["-vV"], { quiet: true })).match(/^host: (.+)$/m)[1];
  // With the triple named, build scripts and macros are built without the instrumentation.
  const args = ["build", "--release", "--target", triple, "--target-dir", TARGET_FOLDER];
  await run(cargo, args, { cwd: FUZZ, env: { ...env, RUSTFLAGS: COVERAGE.join(" ") }, what: "cargo build" });
  for (const target of targets) await fuzz(join(TARGET_FOLDER, triple, "release/fuzz"), target, seconds);
});

async function fuzz(program, target, seconds) {
  const found = join(TARGET_FOLDER, "corpus", target);
  mkdirSync(found, { recursive: true });
  say("fuzz", `${target} for ${seconds} s; what it learns goes to ${found}`);
  const limits = [`-max_total_time=${seconds}`, "-timeout=10", "-rss_limit_mb=1024", "-print_final_stats=1"];
  const folders = [found, join(FUZZ, "corpus", target)];
  const { code, output } = await start(
    program,
    [...limits, `-artifact_prefix=${TARGET_FOLDER}/${target}-`, ...folders],
    {
      env: { FUZZ_TARGET: target },
      quiet: true,
    },
  );
  const lines = output.split("\n");
  const coverage = (line) => line?.match(/cov: (\d+)/)?.[1] ?? "?";
  const [first, last] = [lines.find((line) => /\bINITED\b/.test(line)), lines.findLast((line) => / cov: /.test(line))];
  const count = output.match(/stat::number_of_executed_units: +(\d+)/)?.[1] ?? last?.match(/^#(\d+)/)?.[1];
  say("fuzz", `${target}: ${count} executions, coverage ${coverage(first)} -> ${coverage(last)}`);
  if (code === 0) return;
  const about = lines.filter((line) => /panicked|ERROR|Test unit|SUMMARY/.test(line)).join("\n");
  throw new StepError(
    `${target} found something:\n${about}`,
    "Run the program again with that file as its only argument.",
  );
}
