// `maxDuration` and `speed` with the built package, on a task of the dashboard.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assembleGif, GifRecorder, loadTaskGif } from "task-gif";
import { stepsFrom } from "task-gif/runs";
import { png } from "./support/png.mjs";

const FOLDER = new URL("../../www/public/tasks/code-editor/", import.meta.url);
const resolve = (name) => new Blob([readFileSync(new URL(name, FOLDER))]);
const steps = stepsFrom(JSON.parse(readFileSync(new URL("task.json", FOLDER), "utf8")), { resolve });
const OPTIONS = { effort: "fast", captions: { text: ({ caption }) => caption } };

const bytesOf = (gif) => gif.blob.arrayBuffer().then((bytes) => Buffer.from(bytes).toString("base64"));
const sourcesOf = (gif) => gif.frames.flatMap(({ sources }) => sources);

test("a GIF that is short enough is left as it is, and says how long it is", async () => {
  const plain = await assembleGif(steps, OPTIONS);
  const gif = await assembleGif(steps, { ...OPTIONS, maxDuration: plain.durationMs });
  assert.equal(await bytesOf(gif), await bytesOf(plain));
  assert.equal(plain.reduction, undefined);
  const length = { fullMs: plain.durationMs, holdsMs: 0, lookMs: 0, captionsMs: 0, leftOut: [] };
  assert.deepEqual(gif.reduction.length, length);
  assert.equal(gif.reduction.attempts, 1);
});

test("less time gives up holds, then looks, then captions, then steps; never the first, the last or a failed one", async () => {
  const { durationMs } = await assembleGif(steps, OPTIONS);
  const failed = 4;
  const withFailure = steps.map((step, i) => (i === failed ? { ...step, failed: true } : step));
  let shown = new Set(steps.keys());
  let before;
  for (const share of [0.95, 0.8, 0.55, 0.4, 0.25, 0.15]) {
    const maxDuration = Math.round(durationMs * share);
    const gif = await assembleGif(withFailure, { ...OPTIONS, maxDuration });
    assert.ok(gif.durationMs <= maxDuration, `${gif.durationMs} of ${maxDuration}`);
    const { length } = gif.reduction;
    assert.equal(length.fullMs, durationMs);
    const sources = sourcesOf(gif);
    for (const step of [0, failed, steps.length - 1]) assert.ok(sources.includes(step), `step ${step} at ${share}`);
    assert.ok(
      sources.every((step) => shown.has(step)),
      "what less time shows, more time showed",
    );
    const both = [...sources, ...length.leftOut].sort((a, b) => a - b);
    assert.deepEqual(both, [...steps.keys()], "what is not shown is told of");
    if (length.lookMs > 0) assert.ok(length.holdsMs > 0);
    if (length.captionsMs > 0) assert.ok(length.lookMs > 0);
    if (length.leftOut.length > 0) assert.ok(length.captionsMs > 0);
    shown = new Set(sources);
    before = length;
  }
  assert.ok(before.leftOut.length > 0, "the last of these leaves steps out");
});

test("the same bytes from any number of workers, a recording and loadTaskGif", async () => {
  const options = { ...OPTIONS, maxDuration: 6000, embedSteps: true };
  const expected = await assembleGif(steps, { ...options, workers: 1 });
  assert.ok(expected.reduction.length.leftOut.length > 0);
  for (const workers of [2, 3]) {
    assert.equal(await bytesOf(await assembleGif(steps, { ...options, workers })), await bytesOf(expected));
  }
  const recorder = new GifRecorder(options);
  for (const step of steps) await recorder.add(step);
  const recorded = await recorder.finish();
  assert.equal(await bytesOf(recorded), await bytesOf(expected));
  assert.deepEqual(recorded.reduction, expected.reduction);
  const long = { blob: new Blob([new Uint8Array(500)]), source: "server", durationMs: 6001 };
  const client = { fetchTaskGif: async () => long };
  const loaded = await loadTaskGif("task", { client, screenshots: steps, ...options });
  assert.equal(loaded.why.code, "TOO_LONG");
  assert.equal(await bytesOf(loaded), await bytesOf(expected));
});

test("a step that is left out is not seen: the next one is drawn on the one before it", async () => {
  const page = (color) =>
    new Blob([png(40, 30, (x, y) => (x < 8 && y < 8 ? color : [240, 240, (x * 7 + y * 3) % 200]))]);
  const [white, red, green] = [page([255, 255, 255]), page([200, 30, 60]), page([20, 200, 60])];
  const other = new Blob([png(40, 30, (x, y) => [x, y, (x * y) % 256])]);
  const gif = await assembleGif([white, red, green, other], { maxDuration: 2400, lossy: 0 });
  assert.deepEqual(gif.reduction.length.leftOut, [1]);
  assert.deepEqual(sourcesOf(gif), [0, 2, 3]);
  const without = await assembleGif([white, green, other], { maxDuration: 2400, lossy: 0 });
  assert.equal(await bytesOf(gif), await bytesOf(without));
});

test("times that were asked for stand, and what they make too long cannot fit", async () => {
  const timed = steps.map((step, i) => (i === 2 ? { ...step, delayMs: 4000 } : step));
  const gif = await assembleGif(timed, { ...OPTIONS, maxDuration: 8000 });
  assert.equal(gif.frames.find(({ sources }) => sources.includes(2)).delayMs, 4000);
  await assert.rejects(assembleGif(timed, { ...OPTIONS, maxDuration: 4500 }), {
    code: "CANNOT_FIT",
    message:
      /^expected a GIF of at most 4500 ms, found \d{4} ms to be the shortest .*; raise options\.maxDuration or options\.speed$/,
  });
  const fixed = await assembleGif(steps, { delay: 1000, effort: "fast", maxDuration: 5000 });
  assert.deepEqual([...new Set(fixed.frames.map(({ delayMs }) => delayMs))], [1000]);
  assert.equal(fixed.durationMs, 5000);
});

test("speed divides all times; the shortest GIF is that much shorter", async () => {
  const timed = steps.map((step, i) => (i === 2 ? { ...step, delayMs: 4000 } : step));
  const plain = await assembleGif(timed, OPTIONS);
  const twice = await assembleGif(timed, { ...OPTIONS, speed: 2 });
  assert.ok(Math.abs(twice.durationMs - plain.durationMs / 2) <= 10);
  assert.equal(twice.frames.find(({ sources }) => sources.includes(2)).delayMs, 2000);
  assert.equal(twice.reduction, undefined);
  const both = await assembleGif(timed, { ...OPTIONS, speed: 2, maxDuration: 4500 });
  assert.ok(both.durationMs <= 4500 && Math.abs(both.reduction.length.fullMs - twice.durationMs) <= 10);
});

test("maxBytes and maxDuration hold together", async () => {
  const options = { ...OPTIONS, maxDuration: 6000, maxBytes: 30_000 };
  const gif = await assembleGif(steps, options);
  assert.ok(gif.durationMs <= 6000 && gif.blob.size <= 30_000);
  assert.ok(gif.reduction.attempts > 1 && gif.reduction.length.leftOut.length > 0);
  const plain = await assembleGif(steps, { ...options, maxBytes: undefined });
  assert.deepEqual(gif.reduction.length.leftOut, plain.reduction.length.leftOut);
});

test("seconds are not taken for milliseconds", async () => {
  await assert.rejects(assembleGif(steps, { maxDuration: 20 }), {
    name: "TypeError",
    message: "options.maxDuration: expected milliseconds, at least 1000, found 20; did you mean 20000?",
  });
  await assert.rejects(assembleGif(steps, { speed: 0 }), /options\.speed: expected a number from 0\.1 to 16, found 0/);
});
