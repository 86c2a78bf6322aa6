// Reading GIFs in Node, by the public name of the entry.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { assembleGif } from "task-gif";
import { GifPlayer, inspectGif } from "task-gif/inspect";
import { blobsOf } from "./support/fixtures.mjs";

let gif;

before(async () => {
  gif = await assembleGif(blobsOf("shop"), { delay: 1000, repeat: 3 });
});

const isSame = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;

test("a GIF made here is read as it was made", async () => {
  const info = await inspectGif(gif);
  assert.deepEqual([info.width, info.height, info.repeat, info.durationMs], [420, 260, 3, 8000]);
  assert.deepEqual(
    info.frames.map(({ delayMs, bytes }) => [delayMs, bytes]),
    gif.frames.map(({ delayMs, bytes }) => [delayMs, bytes]),
  );
  assert.deepEqual(info.steps, []);
  const [first] = info.frames;
  assert.deepEqual([first.left, first.top, first.width, first.height], [0, 0, 420, 260]);
  assert.ok(info.frames.every(({ disposal }) => ["keep", "previous"].includes(disposal)));
  assert.deepEqual(info.warnings, []);
});

test("what decoders do differently is told, with the frame", async () => {
  const bytes = new Uint8Array(await gif.blob.arrayBuffer()).slice(0, -1);
  const control = bytes.findIndex((_, i) => bytes[i] === 0x21 && bytes[i + 1] === 0xf9);
  bytes[control + 4] = 1;
  bytes[control + 5] = 0;
  const { warnings, frames } = await inspectGif(bytes);
  assert.deepEqual([frames[0].delayMs, frames[0].playedMs], [10, 100]);
  const short = warnings.find(({ code }) => code === "SHORT_DELAY");
  assert.deepEqual(short, {
    code: "SHORT_DELAY",
    frame: 0,
    message: "a delay of 10 ms is played as 100 ms by browsers, as written by others",
  });
  assert.ok(warnings.some(({ code, frame }) => code === "NO_TRAILER" && frame === undefined));
});

test("embedded steps come out checked", async () => {
  const bytes = new Uint8Array(await gif.blob.arrayBuffer());
  const steps = [
    { number: 1, caption: "Open", url: "https://example.com/", timestampMs: 5, frame: 0, other: true },
    { number: "2", caption: 7, frame: 1 },
    { caption: "no such frame", frame: 99 },
    null,
  ];
  const withSteps = (text) => {
    const body = new TextEncoder().encode(text);
    const blocks = [];
    for (let at = 0; at < body.length; at += 255) {
      blocks.push(Math.min(255, body.length - at), ...body.slice(at, at + 255));
    }
    const head = [0x21, 0xff, 11, ...new TextEncoder().encode("TASK-GIF1.0")];
    return new Blob([bytes.slice(0, -1), new Uint8Array([...head, ...blocks, 0, 0x3b])]);
  };
  assert.deepEqual((await inspectGif(withSteps(JSON.stringify({ steps })))).steps, [
    { number: 1, caption: "Open", url: "https://example.com/", timestampMs: 5, frame: 0 },
    { frame: 1 },
  ]);
  assert.deepEqual((await inspectGif(withSteps("{"))).steps, []);
  assert.deepEqual((await inspectGif(withSteps("[]"))).steps, []);
});

test("frames come out composed, in any order", async () => {
  const player = await GifPlayer.open(gif.blob);
  const count = player.info.frames.length;
  const forth = [];
  for (let i = 0; i < count; i++) forth.push((await player.frame(i)).data);
  assert.equal(forth[0].length, 420 * 260 * 4);
  assert.ok(forth.every((data) => data.every((value, i) => i % 4 !== 3 || value === 255)));
  for (let i = 1; i < count; i++) assert.ok(!isSame(forth[i], forth[i - 1]), `frame ${i} changes something`);
  // Asked for at once, from the last to the first: each still gets its own.
  const back = await Promise.all(forth.map((_, i) => player.frame(count - 1 - i)));
  back.forEach(({ data }, i) => {
    assert.ok(isSame(data, forth[count - 1 - i]), `frame ${count - 1 - i}`);
  });
  player.close();
});

test("a time stands for the frame that is shown then", async () => {
  const player = await GifPlayer.open(gif);
  assert.deepEqual(player.startsMs, [0, 1000, 2000, 3000, 4000, 6000, 7000]);
  assert.deepEqual(
    [-5, 0, 999, 1000, 5999, 6000, 7999, 9e9].map((ms) => player.frameAt(ms)),
    [0, 0, 0, 1, 4, 5, 6, 6],
  );
  player.close();
});

test("wrong bytes, wrong frames and stopped players are typed errors", async () => {
  await assert.rejects(inspectGif(new Blob(["<html>"])), {
    name: "TaskGifError",
    code: "BAD_GIF",
    message: "expected a whole GIF, found HTML or XML at byte 0; make or download the file again",
  });
  await assert.rejects(GifPlayer.open(new Uint8Array(5)), { code: "BAD_GIF" });
  await assert.rejects(inspectGif(7), {
    name: "TypeError",
    message: "gif: expected a Blob, bytes, a URL, base64, a Response, an image, a canvas or a function, found 7",
  });
  const player = await GifPlayer.open(gif);
  await assert.rejects(player.frame(7), {
    name: "TypeError",
    message: "index: expected a whole number from 0 to 6, found 7",
  });
  const late = new AbortController();
  late.abort();
  await assert.rejects(player.frame(1, late), { name: "AbortError" });
  await player.frame(1);
  player.close();
  await assert.rejects(player.frame(1), { name: "AbortError" });
});

test("200 frames of 1280x720 stay below 100 MB, wherever a reader goes", async () => {
  const { initSync, GifPlayer: Player } = await import("../../pkg/task_gif_client.js");
  const { memory } = initSync({ module: readFileSync(new URL("../../pkg/task_gif_client_bg.wasm", import.meta.url)) });
  const large = await assembleGif(blobsOf("shop"), { width: 1280, height: 720, delay: 100, effort: "fast" });
  const bytes = Buffer.from(await large.blob.arrayBuffer());
  const sizes = (await inspectGif(large)).frames.map((frame) => frame.bytes);
  const head = bytes.length - 1 - sizes.reduce((sum, size) => sum + size);
  // The frames after the first, over and over.
  const round = bytes.subarray(head + sizes[0], -1);
  const rounds = Math.ceil(199 / (sizes.length - 1));
  const player = new Player(
    Buffer.concat([bytes.subarray(0, head + sizes[0]), ...Array(rounds).fill(round), bytes.subarray(-1)]),
  );
  const count = player.info().frames.length;
  assert.ok(count >= 200);
  for (const index of [count - 1, 0, 150, 3, 199, 77, count - 1]) assert.ok(player.seek(index, count));
  assert.ok(memory.buffer.byteLength < 100e6, `${memory.buffer.byteLength} bytes`);
});
