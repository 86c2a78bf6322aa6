#!/usr/bin/env node
// Fuzzes the readers of records: copies of the fixtures of each format, damaged in their bytes and in their structure,
// end in runs or in an error with a code. Nothing else is thrown, nothing hangs, memory stays bounded.
//
//   npm run fuzz:records -- [--runs 2000] [--seconds 600] [--format NAME] [--seed 1]
//
// `--runs` and `--seconds` are for each format. What fails is printed with its seed; `--format NAME --seed N --runs 1`
// does it again.
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { FORMATS } from "./fuzz/seeds.mjs";

/** No record of these sizes takes a second; a busy machine may. */
const HANG_MS = 120_000;
/** What the process may hold: the fixtures, one damaged record, what its reading needs, and garbage of earlier ones. */
const MOST_MB = 512;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "2000" },
    seconds: { type: "string", default: "600" },
    format: { type: "string", multiple: true, default: FORMATS },
    seed: { type: "string", default: "1" },
  },
});
const [runs, seconds, seed] = [values.runs, values.seconds, values.seed].map(Number);
if (![runs, seconds, seed].every((value) => Number.isSafeInteger(value) && value >= 0)) {
  throw new TypeError("--runs, --seconds and --seed are whole numbers");
}
const unknown = values.format.filter((name) => !FORMATS.includes(name));
if (unknown.length > 0) throw new TypeError(`there is no format ${unknown[0]}; there are: ${FORMATS.join(", ")}`);

for (const format of values.format) {
  const since = Date.now();
  const { executed, read, failure } = await fuzz(format);
  const peak = Math.round(process.resourceUsage().maxRSS / 1000);
  const took = ((Date.now() - since) / 1000).toFixed(0);
  console.log(`${format.padEnd(18)} ${executed} executions, ${read} with runs, ${took} s, ${peak} MB`);
  const wrong = failure ?? (peak > MOST_MB ? `memory grew beyond ${MOST_MB} MB` : undefined);
  if (wrong) {
    console.log(`${format}: ${wrong}`);
    process.exitCode = 1;
  }
}

/** Runs the executions of a format in a thread of their own, and watches over it. */
function fuzz(format) {
  const progress = new Int32Array(new SharedArrayBuffer(8));
  const workerData = { format, seed, runs, endsAtMs: Date.now() + seconds * 1000, progress };
  const worker = new Worker(new URL("fuzz/worker.mjs", import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MB },
  });
  const result = { executed: 0, read: 0, failure: undefined };
  return new Promise((done) => {
    let seen = 0;
    const fail = (what) => {
      result.failure ??= `${what}, with --seed ${progress[0] >>> 0}`;
    };
    const watch = setInterval(() => {
      if (progress[1] === seen) {
        fail(`no end after ${HANG_MS / 1000} s`);
        void worker.terminate();
      }
      seen = progress[1];
    }, HANG_MS);
    worker.on("message", ({ failed, stack, ...counts }) => {
      if (failed === undefined) Object.assign(result, counts);
      else fail(stack);
    });
    worker.on("error", (error) => fail(`${error.code ?? ""} ${error.stack}`));
    worker.on("exit", () => {
      clearInterval(watch);
      done(result);
    });
  });
}
