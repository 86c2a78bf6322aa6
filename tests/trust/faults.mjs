#!/usr/bin/env node
// A thousand assemblies, a tenth of them disturbed: npm run test:faults [-- JOBS [SEED]]
import assert from "node:assert/strict";
import { workers } from "./support/faulty-workers.mjs";

const { runJobs } = await import("./support/faulty-jobs.mjs");
const IDLE_MS = 12_000;
const SLACK_BYTES = 8 << 20;

const [jobs = "1000", seed = String(Date.now() % 100_000)] = process.argv.slice(2);
console.log(`${jobs} jobs, seed ${seed}`);
const seen = await runJobs(Number(jobs), Number(seed), (done, state) => console.log(done, JSON.stringify(state)));
const { memory, ...counts } = seen;
console.log(JSON.stringify(counts));
// Warm workers leave when there is nothing to do.
await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
assert.equal(workers.live.size, 0, "workers are left over");
const growth = memory.at(-1) - (memory[1] ?? memory[0]);
console.log(`memory from job 100 to the end: ${(growth / 2 ** 20).toFixed(1)} MiB; ${workers.live.size} workers left`);
assert.ok(growth < SLACK_BYTES, "memory grows");
