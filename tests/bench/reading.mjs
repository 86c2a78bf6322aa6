#!/usr/bin/env node
// npm run bench:reading -- [RECORD ...]: what the reading of a record takes, as a share of what its GIF takes. Both are
// measured in one process, in CPU time of all its threads, so that a busy machine changes little. Without records: a trace
// of 40 steps, a history of 40 steps with its pictures inside, and the listing of a trace of 1 GB with 2,000 actions.
//
// Reading is to cost 15 % at most, and the large trace is to be listed within 2 s and 250 MB.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "../../scripts/lib/process.mjs";
import { main, StepError } from "../../scripts/lib/report.mjs";
import { generatedScreenshots } from "./generated.mjs";
import { writeTrace } from "./trace-file.mjs";

const STEPS = 40;
const LARGE = { actions: 2000, bytes: 1e9, snapshotBytes: 20_000 };
const SELF = fileURLToPath(import.meta.url);
const MB = 1e6;

const [first, path] = process.argv.slice(2);
if (first === "--share") console.log(JSON.stringify(await share(path)));
else if (first === "--list") console.log(JSON.stringify(await list(path)));
else await main(() => compare(process.argv.slice(2)));

/** CPU time of all threads of this process, in ms, while something is done. */
async function cpuMs(work) {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, ms: (user + system) / 1000 };
}

/** The share of the reading: that of the runs and of each of their pictures, against that and the assembling. */
async function share(record) {
  const { readRuns } = await import("task-gif/runs");
  const { assembleGif } = await import("task-gif");
  const reading = await cpuMs(async () => {
    const runs = await readRuns(record);
    const run = runs.reduce((best, run) => (run.screenshots.length > best.screenshots.length ? run : best), runs[0]);
    for (const { image } of run.screenshots) if (typeof image === "function") await image();
    return run;
  });
  const { screenshots } = reading.result;
  const assembling = await cpuMs(() => assembleGif(screenshots));
  return { screenshots: screenshots.length, readingMs: reading.ms, assemblingMs: assembling.ms };
}

/** What the listing of a record takes. */
async function list(record) {
  const since = performance.now();
  const { readRuns } = await import("task-gif/runs");
  const { result, ms } = await cpuMs(() => readRuns(record));
  const [run] = result;
  const { maxRSS } = process.resourceUsage();
  return {
    screenshots: run.screenshots.length,
    cpuMs: ms,
    wallMs: performance.now() - since,
    peakBytes: maxRSS * 1024,
  };
}

async function compare(given) {
  if (!existsSync(join(ROOT, "dist/runs/index.js")))
    throw new StepError("dist is missing", "Build it with: npm run build");
  const folder = mkdtempSync(join(tmpdir(), "task-gif-bench-"));
  try {
    const records = given.length > 0 ? given : await makeRecords(folder);
    console.log("| record | screenshots | reading | assembling | share |");
    console.log(`|---|${"--:|".repeat(4)}`);
    for (const record of records) {
      const { screenshots, readingMs, assemblingMs } = measured("--share", record);
      const part = (100 * readingMs) / (readingMs + assemblingMs);
      console.log(
        `| ${basename(record)} | ${screenshots} | ${readingMs.toFixed(0)} ms | ${assemblingMs.toFixed(0)} ms | ${part.toFixed(1)} % |`,
      );
    }
    if (given.length === 0) listLarge(join(folder, "large.zip"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function listLarge(path) {
  const pictures = [Buffer.alloc(60_000, 1), Buffer.alloc(61_000, 2)];
  const { actions, snapshotBytes, bytes } = LARGE;
  const own = actions * 2 * 60_500;
  writeTrace(path, { actions, pictures, snapshotBytes, resourceBytes: bytes - own });
  const { screenshots, cpuMs: ms, wallMs, peakBytes } = measured("--list", path);
  const size = `${(statSync(path).size / MB).toFixed(0)} MB`;
  console.log(
    `\nA trace of ${size} with ${actions} actions: ${screenshots} screenshots listed in ${ms.toFixed(0)} ms of CPU, ${wallMs.toFixed(0)} ms in all, ${(peakBytes / MB).toFixed(0)} MB at most.`,
  );
}

function measured(what, path) {
  const args = [SELF, what, path];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] }));
}

/** A trace and a history of generated screenshots. */
async function makeRecords(folder) {
  const { createCanvas, loadImage } = await import("@napi-rs/canvas");
  const pages = [];
  for (const page of generatedScreenshots({ count: STEPS, width: 1280, height: 720 })) {
    pages.push(Buffer.from(await page.arrayBuffer()));
  }
  const pictures = [];
  for (const page of pages) {
    const canvas = createCanvas(800, 450);
    canvas.getContext("2d").drawImage(await loadImage(page), 0, 0, 800, 450);
    pictures.push(canvas.toBuffer("image/jpeg", 90));
  }
  const [trace, history] = [join(folder, "trace.zip"), join(folder, "history.json")];
  writeTrace(trace, { actions: STEPS, pictures, snapshotBytes: 20_000 });
  const items = pages.map((page, i) => ({
    model_output: { next_goal: `Step ${i}` },
    result: [{}],
    state: { url: "https://shop.example/", screenshot: page.toString("base64"), interacted_element: [null] },
    metadata: { step_start_time: 1.8e9 + i, step_end_time: 1.8e9 + i + 0.5, step_number: i + 1 },
  }));
  writeFileSync(history, JSON.stringify({ history: items }));
  return [trace, history];
}
