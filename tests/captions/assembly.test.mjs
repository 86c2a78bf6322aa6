// Captions in finished GIFs, in Node.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { assembleGif, GifRecorder } from "task-gif";
import { inspectGif } from "task-gif/inspect";
import { blobsOf } from "../node/support/fixtures.mjs";

const OPTIONS = { delay: 1000 };
const TEXTS = [
  "Open the shop",
  "Open the menu",
  "Close it",
  "Type “ke”",
  "Finish the word 🎉",
  "Wait",
  "Choose",
  "Scroll",
];
const shop = () => blobsOf("shop").map((image, i) => ({ image, caption: TEXTS[i], number: i + 1 }));
const bytesOf = async (gif) => Buffer.from(await gif.blob.arrayBuffer());

test("captions make the GIF higher, and the page stays as it is", async () => {
  const gif = await assembleGif(shop(), { ...OPTIONS, captions: true, stepNumbers: true });
  const plain = await assembleGif(shop(), OPTIONS);
  assert.deepEqual([gif.width, plain.width, plain.height], [420, 420, 260]);
  assert.ok(gif.height > 290 && gif.height < 320, `${gif.height}`);
  assert.deepEqual(gif.stats.warnings, []);
  const over = await assembleGif(shop(), { ...OPTIONS, captions: { position: "over" } });
  assert.equal(over.height, 260);
});

test("the same bytes for 1, 2 and 3 workers, and when screenshots come one by one", async () => {
  const options = { ...OPTIONS, captions: true, title: "Buy a kettle" };
  const [first, ...others] = await Promise.all(
    [1, 2, 3].map(async (workers) => bytesOf(await assembleGif(shop(), { ...options, workers }))),
  );
  const recorder = new GifRecorder(options);
  for (const screenshot of shop()) await recorder.add(screenshot);
  for (const other of [...others, await bytesOf(await recorder.finish())]) assert.equal(first.compare(other), 0);
});

test("a height that is wished for is that of the whole GIF", async () => {
  const size = async (wish) => {
    const { width, height } = await assembleGif(shop(), { ...OPTIONS, captions: true, ...wish });
    return [width, height];
  };
  assert.deepEqual(await size({ width: 500, height: 400 }), [500, 400]);
  const [width, height] = await size({ height: 200 });
  assert.equal(height, 200);
  assert.ok(width > 220 && width < 270, `${width}`);
  const [, tall] = await size({ width: 210 });
  assert.ok(tall > 160 && tall < 190, `${tall}`);
});

test("a title comes first, as a frame without a screenshot", async () => {
  const gif = await assembleGif(shop(), { ...OPTIONS, delay: "readable", title: "Buy a kettle" });
  assert.deepEqual(gif.frames[0].sources, []);
  assert.deepEqual(gif.frames[1].sources, [0]);
  assert.deepEqual([gif.width, gif.height], [420, 260]);
  const { frames } = await inspectGif(gif.blob);
  assert.deepEqual([frames[0].width, frames[0].height], [420, 260]);
  assert.equal(frames.length, gif.frames.length);
});

test("captions are made of what is known of a step", async () => {
  const seen = [];
  const text = (step) => {
    seen.push([step.number, step.caption]);
    return step.number === 3 ? undefined : `${step.number}: ${step.caption}`;
  };
  const gif = await assembleGif(shop(), { ...OPTIONS, captions: { text } });
  assert.deepEqual(
    seen,
    TEXTS.map((caption, i) => [i + 1, caption]),
  );
  const plain = await assembleGif(shop(), { ...OPTIONS, captions: true });
  assert.notEqual((await bytesOf(gif)).compare(await bytesOf(plain)), 0);
  const wrong = assembleGif(shop(), { ...OPTIONS, captions: { text: () => 3 } });
  await assert.rejects(wrong, { name: "TypeError", message: /options\.captions\.text\(\): expected a string/ });
});

test("steps with captions alike and screens alike are one frame", async () => {
  const [image] = blobsOf("shop");
  const shown = async (captions) => {
    const screenshots = captions.map((caption) => ({ image, caption }));
    return (await assembleGif(screenshots, { ...OPTIONS, captions: true })).frames.map(({ sources }) => sources);
  };
  assert.deepEqual(await shown(["a", "a"]), [[0, 1]]);
  assert.deepEqual(await shown(["a", "b"]), [[0], [1]]);
});

test("a logo is drawn, and one that is none is an error", async () => {
  const logo = blobsOf("shop")[0];
  const plain = await assembleGif(shop(), { ...OPTIONS, captions: true });
  const gif = await assembleGif(shop(), { ...OPTIONS, captions: true, logo });
  assert.notEqual((await bytesOf(gif)).compare(await bytesOf(plain)), 0);
  const broken = assembleGif(shop(), { ...OPTIONS, logo: new Blob(["no picture"]) });
  await assert.rejects(broken, { code: "UNREADABLE", message: /options\.logo: expected a picture/ });
});

test("fonts that are none are a TypeError", async () => {
  const wrong = assembleGif(shop(), { ...OPTIONS, captions: { fontFamily: "Inter; color: red" } });
  await assert.rejects(wrong, { name: "TypeError", message: /options\.captions\.fontFamily: expected font families/ });
  const gif = await assembleGif(shop(), { ...OPTIONS, captions: { fontFamily: '"No such font", serif' } });
  assert.deepEqual(gif.stats.warnings, []);
});

test("without a canvas the GIF is made without captions, and says so; or not at all", async () => {
  const script = fileURLToPath(new URL("support/without-canvas.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  const { height, frames, warnings, required } = JSON.parse(stdout);
  assert.deepEqual([height, frames], [260, (await assembleGif(shop(), OPTIONS)).frames.length]);
  assert.deepEqual(
    warnings.map(({ code }) => code),
    ["CAPTIONS_UNAVAILABLE"],
  );
  assert.match(warnings[0].message, /npm install @napi-rs\/canvas/);
  assert.equal(required, "CAPTIONS_UNAVAILABLE");
});
