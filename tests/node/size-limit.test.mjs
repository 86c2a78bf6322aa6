// `maxBytes` with the built package, on a task of the dashboard.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { assembleGif, GifRecorder, loadTaskGif } from "task-gif";

const FOLDER = fileURLToPath(new URL("../../www/public/tasks/code-editor", import.meta.url));
const screenshots = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".png"))
  .sort()
  .map((name) => new Blob([readFileSync(join(FOLDER, name))]));

const hexOf = async (gif) => Buffer.from(await gif.blob.arrayBuffer()).toString("hex");

/** Width and height of the logical screen (GIF89a section 18). */
async function screenOf(gif) {
  const head = Buffer.from(await gif.blob.slice(0, 10).arrayBuffer());
  return [head.readUInt16LE(6), head.readUInt16LE(8)];
}

test("limits are met, each by no better means than the one before", async () => {
  const plain = await assembleGif(screenshots, { delay: 1000 });
  let before = { size: plain.blob.size, scale: 1 };
  for (const share of [0.95, 0.5, 0.2]) {
    const maxBytes = Math.round(plain.blob.size * share);
    const gif = await assembleGif(screenshots, { maxBytes, delay: 1000 });
    const { size } = gif.blob;
    assert.ok(size <= maxBytes && size <= before.size && gif.reduction.scale <= before.scale);
    assert.ok(size > 0.6 * maxBytes, `${size} bytes leave much of ${maxBytes} unused`);
    assert.deepEqual(await screenOf(gif), [
      Math.round(1280 * gif.reduction.scale),
      Math.round(720 * gif.reduction.scale),
    ]);
    assert.deepEqual([gif.width, gif.height], await screenOf(gif));
    assert.equal(gif.durationMs, plain.durationMs);
    before = { size, scale: gif.reduction.scale };
  }
});

test("the same bytes from any number of workers, a recording and loadTaskGif", async () => {
  const options = { maxBytes: 40_000 };
  const gif = await assembleGif(screenshots, { ...options, workers: 1 });
  assert.ok(gif.reduction.attempts > 1);
  const expected = await hexOf(gif);
  for (const workers of [2, 3])
    assert.equal(await hexOf(await assembleGif(screenshots, { ...options, workers })), expected);
  const recorder = new GifRecorder(options);
  for (const screenshot of screenshots) await recorder.add(screenshot);
  assert.equal(await hexOf(await recorder.finish()), expected);
  const loaded = await loadTaskGif("task", { screenshots, ...options });
  assert.equal(await hexOf(loaded), expected);
  assert.deepEqual(loaded.reduction, gif.reduction);
});

test("captions are drawn anew for each size that is tried, and are part of what has to fit", async () => {
  const steps = screenshots.map((image, i) => ({ image, caption: `Step ${i + 1}: look for the setting` }));
  const options = { delay: 1000, captions: true };
  const full = await assembleGif(steps, options);
  const [gif, other] = [
    await assembleGif(steps, { ...options, maxBytes: 40_000, workers: 1 }),
    await assembleGif(steps, { ...options, maxBytes: 40_000, workers: 2 }),
  ];
  assert.equal(await hexOf(other), await hexOf(gif));
  assert.ok(full.blob.size > 40_000 && gif.blob.size <= 40_000 && gif.reduction.scale < 1);
  const page = Math.round(720 * gif.reduction.scale);
  assert.equal(gif.width, Math.round(1280 * gif.reduction.scale));
  assert.ok(gif.height > page, `${gif.height} leaves no room for captions below ${page}`);
  // What is said in it takes bytes: without it a larger page fits, or the same one in fewer.
  const bare = await assembleGif(screenshots, { delay: 1000, maxBytes: 40_000 });
  assert.ok(bare.reduction.scale > gif.reduction.scale || bare.reduction.lossy <= gif.reduction.lossy);
});

test("a GIF of the server that is too large is as good as none", async () => {
  const large = { blob: new Blob([new Uint8Array(50_000)]), source: "server" };
  const client = { fetchTaskGif: async () => large };
  const gif = await loadTaskGif("task", { client, screenshots, maxBytes: 40_000 });
  assert.equal(gif.source, "local");
  assert.equal(gif.why.code, "TOO_LARGE");
  assert.ok(gif.blob.size <= 40_000);
});

test("what cannot fit says so, with the fewest bytes found", async () => {
  await assert.rejects(assembleGif(screenshots, { maxBytes: 2000 }), {
    code: "CANNOT_FIT",
    message: /^expected a GIF of at most 2000 bytes, found \d+ to be the fewest \(scale 0\.25, 16 colors, lossy 60, /,
  });
});
