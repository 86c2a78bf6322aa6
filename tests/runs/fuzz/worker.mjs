// Executes damaged records of one format, and says which it is at, so that the main thread can tell one that hangs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { readRuns } from "task-gif/runs";
import { LeanBlob } from "./lean-blob.mjs";
import { mutate, randomFrom } from "./mutations.mjs";
import { seedsOf } from "./seeds.mjs";

const { format, seed, runs, endsAtMs, progress } = workerData;
const ERRORS = readFileSync(new URL("../../../www/docs/errors.md", import.meta.url), "utf8");
const CODES = new Set([...ERRORS.matchAll(/`([A-Z]+(?:_[A-Z]+)+|UNREADABLE|UNSUPPORTED)`/g)].map(([, code]) => code));
/** Pictures that are read of a run: its first ones. */
const PICTURES = 2;

const seeds = await seedsOf(format);
// From here on: the seeds themselves are read with Node's.
globalThis.Blob = LeanBlob;
let read = 0;
let executed = 0;
for (; executed < runs && Date.now() < endsAtMs; executed++) {
  const own = (seed + executed) >>> 0;
  Atomics.store(progress, 0, own);
  Atomics.add(progress, 1, 1);
  const random = randomFrom(own);
  const files = await mutate(seeds[random(seeds.length)], seeds, random);
  try {
    read += (await execute(files)) ? 1 : 0;
  } catch (error) {
    parentPort.postMessage({ failed: own, stack: String(error?.stack ?? error) });
    break;
  }
}
parentPort.postMessage({ executed, read });

/** Whether there were runs; throws for anything but runs as they should be and errors with a code. */
async function execute(files) {
  const blobs = new Map([...files].map(([path, bytes]) => [path, new Blob([bytes])]));
  const found = await typed(readRuns(blobs, { captionsOf: "all" }));
  for (const { tool, screenshots, warnings, name, error } of found ?? []) {
    assert.equal(typeof tool.name, "string");
    for (const text of [name, error]) assert.ok(text === undefined || typeof text === "string");
    for (const { code, message } of warnings) assert.ok(/^[A-Z_]+$/.test(code) && typeof message === "string");
    for (const { caption, timestampMs, click, number } of screenshots) {
      assert.ok(caption === undefined || typeof caption === "string", `caption: ${typeof caption}`);
      assert.ok(timestampMs === undefined || Number.isFinite(timestampMs), `timestampMs: ${timestampMs}`);
      assert.ok(click === undefined || (Number.isFinite(click.left) && Number.isFinite(click.top)), "click");
      assert.ok(number === undefined || Number.isInteger(number), `number: ${number}`);
    }
    for (const { image } of screenshots.slice(0, PICTURES)) {
      if (typeof image === "function") await typed(Promise.resolve().then(image));
    }
  }
  return (found?.length ?? 0) > 0;
}

async function typed(promise) {
  try {
    return await promise;
  } catch (error) {
    if (error?.name === "TaskGifError" && CODES.has(error.code)) return undefined;
    throw error;
  }
}
