#!/usr/bin/env node
// npm run bench:scale -- [COUNTxWIDTHxHEIGHT ...]: assembles long and large tasks in Node, each in a process of its own,
// and prints what they take: wasm memory of all workers, memory of the process, seconds. Twice as many screenshots are to
// take twice as long.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "../../scripts/lib/process.mjs";
import { main, StepError } from "../../scripts/lib/report.mjs";
import { generatedScreenshots } from "./generated.mjs";

/** Number and size of screenshots, and the most MiB of wasm memory that is all right. */
const TASKS = [
  ["50x1280x720", 192],
  ["100x1280x720", 192],
  ["200x1280x720", 192],
  ["400x1280x720", 256],
  ["500x1280x720", 256],
  ["200x1920x1080", 256],
  ["60x2880x1800", 256],
];
const MIB = 2 ** 20;

/** Assembles one task and says what it took. */
async function measure(task, workers) {
  const { assembleGif } = await import("task-gif");
  const [count, width, height] = task.split("x").map(Number);
  const screenshots = [...generatedScreenshots({ count, width, height })];
  const gif = await assembleGif(screenshots, { workers, delay: 1000 });
  const { stats } = gif;
  return {
    memory: stats.peakMemoryBytes,
    process: process.resourceUsage().maxRSS * 1024,
    seconds: stats.totalMs / 1000,
    inputs: stats.inputBytes,
    bytes: gif.blob.size,
    frames: gif.frames.length,
  };
}

const [first, ...rest] = process.argv.slice(2);
if (first === "--one") console.log(JSON.stringify(await measure(rest[0], Number(rest[1]))));
else await main(async () => compare(first ? [first, ...rest].map((task) => [task, Number.POSITIVE_INFINITY]) : TASKS));

function compare(tasks) {
  if (!existsSync(join(ROOT, "dist/index.js"))) throw new StepError("dist is missing", "Build it with: npm run build");
  console.log("| screenshots | workers | wasm memory | at most | process | input | GIF | seconds | s a frame |");
  console.log(`|---|${"--:|".repeat(8)}`);
  for (const [task, most] of tasks) {
    for (const workers of [1, 2]) {
      const args = [fileURLToPath(import.meta.url), "--one", task, String(workers)];
      const found = JSON.parse(
        execFileSync(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] }),
      );
      const mib = (bytes) => `${(bytes / MIB).toFixed(0)} MiB`;
      const cells = [task, workers, mib(found.memory), Number.isFinite(most) ? `${most} MiB` : "-", mib(found.process)];
      cells.push(
        mib(found.inputs),
        mib(found.bytes),
        found.seconds.toFixed(1),
        (found.seconds / found.frames).toFixed(3),
      );
      console.log(`| ${cells.join(" | ")} |`);
      if (found.memory > most * MIB) process.exitCode = 1;
    }
  }
}
