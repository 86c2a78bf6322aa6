// Stills of a GIF: the poster, a frame, a step.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { assembleGif, TaskGif } from "task-gif";
import { GifPlayer } from "../../dist/inspect.node.js";
import { blobsOf } from "./support/fixtures.mjs";

/** A screenshot of two colors, or of one, as a PNG. */
function page(color, mark) {
  const canvas = createCanvas(120, 80);
  const context = canvas.getContext("2d");
  context.fillStyle = color;
  context.fillRect(0, 0, 120, 80);
  if (mark) {
    context.fillStyle = mark;
    context.fillRect(30, 20, 60, 30);
  }
  return new Blob([canvas.toBuffer("image/png")]);
}

/** The pixels of a still. */
async function pixelsOf(still) {
  assert.equal(still.type, "image/png");
  const image = await loadImage(Buffer.from(await still.arrayBuffer()));
  const context = createCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height);
}

/** The middle of a still, as "r,g,b". */
async function middleOf(still) {
  const { width, height, data } = await pixelsOf(still);
  const at = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4;
  return data.slice(at, at + 3).join();
}

const COLORS = ["#cc0000", "#00aa00", "#0000ee"];
const shots = (more = []) => COLORS.map((color, i) => ({ image: page("#fff", color), number: i + 3, ...more[i] }));
const of = (i) => [1, 3, 5].map((at) => Number.parseInt(COLORS[i].slice(at, at + 2), 16)).join();

test("a still is exactly what the GIF shows", async () => {
  const gif = await assembleGif(blobsOf("shop"));
  const player = await GifPlayer.open(gif);
  for (const index of [0, gif.frames.length - 1]) {
    const { width, height, data } = await pixelsOf(await gif.frame(index));
    const expected = await player.frame(player.frameAt(gif.frames[index].startMs));
    assert.deepEqual([width, height], [gif.width, gif.height]);
    assert.ok(Buffer.from(data).equals(Buffer.from(expected.data)));
  }
  player.close();
});

test("a frame is shown as it is at its end, whatever moves in it meanwhile", async () => {
  const plain = await assembleGif(shots());
  const moving = await assembleGif(shots(), { progressBar: true, colors: "rich", title: "Task" });
  assert.equal(moving.frames.length, 4);
  for (const i of [0, 1, 2]) {
    assert.equal(await middleOf(await plain.frame(i)), of(i));
    assert.equal(await middleOf(await moving.frame(i + 1)), of(i));
    assert.equal(await middleOf(await moving.still({ step: i + 3 })), of(i));
  }
});

test("a GIF knows its steps and the frames that show them", async () => {
  const list = [...shots([{ caption: "Open", url: "https://example.com/" }, {}, { failed: true }])];
  list.push({ ...list[2], number: 6, failed: false });
  const gif = await assembleGif(list, { title: "Task" });
  const told = gif.steps.map(({ number, caption, failed, frame }) => [number, caption, failed, frame]);
  assert.deepEqual(told, [
    [3, "Open", undefined, 1],
    [4, undefined, undefined, 2],
    [5, undefined, true, 3],
    [6, undefined, false, 3],
  ]);
  const stills = await gif.stills();
  assert.equal(stills.length, 4);
  assert.equal(stills[2], stills[3]);
});

test("the poster is the last step of a run, the failed one of a run that failed, and no blank or error page", async () => {
  const posterOf = async (list, options) => middleOf(await (await assembleGif(list, options)).poster());
  assert.equal(await posterOf(shots()), of(2));
  assert.equal(await posterOf(shots([{}, { failed: true }])), of(1));
  assert.equal(await posterOf([...shots(), { image: page("#fff"), number: 9 }]), of(2));
  assert.equal(await posterOf(shots([{}, {}, { url: "chrome-error://chromewebdata/" }])), of(1));
  assert.equal(await posterOf(shots(), { title: "Task" }), of(2));
  // Where all are blank there is nothing better.
  const blank = ["#fff", "#eee"].map((color, i) => ({ image: page(color), number: i }));
  assert.equal(await posterOf(blank), "238,238,238");
});

test("a GIF that says no steps has stills by its frames", async () => {
  const { blob, width, height, durationMs, frames, stats } = await assembleGif(shots());
  const gif = new TaskGif({ blob, source: "server", width, height, durationMs, frames, stats });
  assert.deepEqual(gif.steps, []);
  assert.equal(await middleOf(await gif.poster()), of(2));
  assert.equal(await middleOf(await gif.still({ step: 2 })), of(1));
  assert.equal((await gif.stills()).length, 3);
  const told = await assembleGif(shots([{}, { failed: true }]), { embedSteps: true });
  const read = new TaskGif({ ...told, frames, steps: undefined });
  assert.equal(await middleOf(await read.still({ step: 4 })), of(1));
});

test("a smaller still keeps the mean of what it stands for, and none is enlarged", async () => {
  const gif = await assembleGif(shots());
  const small = await pixelsOf(await gif.frame(0, { width: 30 }));
  assert.deepEqual([small.width, small.height], [30, 20]);
  // A quarter of its width to each side is white, the middle red.
  assert.deepEqual([...small.data.slice((10 * 30 + 2) * 4, (10 * 30 + 2) * 4 + 3)], [255, 255, 255]);
  assert.equal(await middleOf(await gif.frame(0, { width: 30 })), of(0));
  const odd = await pixelsOf(await gif.frame(0, { width: 7 }));
  const mean = (data) => data.reduce((sum, value, i) => sum + (i % 4 === 1 ? value : 0), 0) / (data.length / 4);
  const whole = await pixelsOf(await gif.frame(0));
  assert.ok(Math.abs(mean(odd.data) - mean(whole.data)) < 1, `${mean(odd.data)} and ${mean(whole.data)}`);
  assert.equal((await pixelsOf(await gif.frame(0, { width: 5000 }))).width, 120);
});

test("wrong options are named, and WebP is refused where it cannot be written", async () => {
  const gif = await assembleGif(shots());
  const rejects = (promise, message) => assert.rejects(promise, { name: "TypeError", message });
  await rejects(gif.frame(3), "index: expected a whole number from 0 to 2, found 3");
  await rejects(gif.still({ step: 1 }), "options.step: expected one of 3, 4, 5, found 1");
  await rejects(gif.poster({ width: 0 }), "options.width: expected a whole number from 1 to 16384, found 0");
  await rejects(gif.poster({ type: "image/gif" }), /options\.type: expected "image\/png" or "image\/webp"/);
  await rejects(gif.poster({ size: 3 }), /options\.size/);
  await assert.rejects(gif.poster({ type: "image/webp" }), { code: "UNSUPPORTED" });
});
