// `camera: "follow"` with the built package, on a task of the dashboard and on pages whose every pixel is known.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assembleGif, GifRecorder } from "task-gif";
import { GifPlayer, inspectGif } from "task-gif/inspect";
import { stepsFrom } from "task-gif/runs";
import { png } from "./support/png.mjs";

const FOLDER = new URL("../../www/public/tasks/code-editor/", import.meta.url);
const resolve = (name) => new Blob([readFileSync(new URL(name, FOLDER))]);
const steps = stepsFrom(JSON.parse(readFileSync(new URL("task.json", FOLDER), "utf8")), { resolve });
const OPTIONS = { effort: "fast", width: 400, camera: "follow" };
const PAGE = { width: 1280, height: 720 };

const bytesOf = (gif) => gif.blob.arrayBuffer().then((bytes) => Buffer.from(bytes).toString("base64"));
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** A page of 640 x 360 in which every pixel has a color of its own place, with a block of a color at a place. */
const page = (block) =>
  new Blob([
    png(640, 360, (x, y) => {
      const isBlock = block && x >= block.left && x < block.left + 40 && y >= block.top && y < block.top + 40;
      if (isBlock) return (x + y) % 4 < 2 ? [0, 0, 0] : block.color;
      return [(x >> 3) % 2 ? 200 : 230, 220, (y >> 3) % 2 ? 210 : 240];
    }),
  ]);

test("views lie on the page and have its own pixels; each is behind the whole page, or the place is the same", async () => {
  const gif = await assembleGif(steps, OPTIONS);
  assert.equal(gif.width, 400);
  const views = gif.frames.filter(({ view }) => view);
  assert.ok(views.length > 3);
  gif.frames.forEach(({ view }, i) => {
    if (!view) return;
    assert.deepEqual([view.width, view.height], [400, gif.height]);
    assert.ok(view.left >= 0 && view.left + view.width <= PAGE.width, JSON.stringify(view));
    assert.ok(view.top >= 0 && view.top + view.height <= PAGE.height, JSON.stringify(view));
    const before = gif.frames[i - 1];
    if (before.view) assert.deepEqual(view, before.view);
  });
  const sources = gif.frames.flatMap(({ sources }) => sources);
  assert.deepEqual(sources, [...steps.keys()], "each screenshot is told of once");
  assert.deepEqual(
    gif.steps.map(({ number, frame }) => [number, gif.frames[frame].sources.length > 0]),
    steps.map(({ number }) => [number, true]),
    "each step is told of once, with the frame in which it begins",
  );
});

test("a step takes the time that it takes without the camera, together with its view from near", async () => {
  const plain = await assembleGif(steps, { ...OPTIONS, camera: "whole" });
  const gif = await assembleGif(steps, OPTIONS);
  assert.equal(gif.durationMs, plain.durationMs);
  const starts = ({ frames }) => new Map(frames.flatMap(({ sources, startMs }) => sources.map((at) => [at, startMs])));
  assert.deepEqual(starts(gif), starts(plain));
  const parts = gif.frames.map(({ delay }) => sum(Object.values(delay)));
  for (const [i, { delayMs }] of gif.frames.entries()) {
    assert.ok(Math.abs(delayMs - parts[i]) < 30, `${delayMs}, ${parts[i]}`);
  }
});

test("the camera goes to the click, and shows the pixels around it as they are", async () => {
  const blocks = [undefined, { left: 500, top: 250, color: [200, 30, 60] }];
  const screenshots = [
    { image: page(blocks[0]), click: { left: 20, top: 20 }, delayMs: 2000 },
    { image: page(blocks[1]), delayMs: 2000 },
  ];
  const gif = await assembleGif(screenshots, { camera: "follow", lossy: 0 });
  assert.deepEqual([gif.width, gif.height], [320, 180], "half the size where none is asked for");
  const views = gif.frames.map(({ view }) => view);
  assert.deepEqual(views[1], { left: 0, top: 0, width: 320, height: 180 });
  const last = gif.frames.length - 1;
  const { left, top } = views[last];
  assert.ok(left < 500 && left + 320 > 540 && top < 250 && top + 180 > 290);
  const player = await GifPlayer.open(gif);
  const pixel = async (frame, x, y) => {
    const { data } = await player.frame(frame);
    return [...data.subarray((y * 320 + x) * 4, (y * 320 + x) * 4 + 3)];
  };
  assert.deepEqual(await pixel(last, 502 - left, 252 - top), [200, 30, 60]);
  assert.deepEqual(await pixel(last, 500 - left, 252 - top), [0, 0, 0]);
});

test("a pointer goes to the click and a ring says that it is there; a step without the time for it has none", async () => {
  const click = { left: 300, top: 200 };
  const screenshots = [
    { image: page(), click, delayMs: 2000 },
    { image: page({ left: 0, top: 0, color: [0, 0, 200] }) },
  ];
  const gif = await assembleGif(screenshots, { camera: "follow", lossy: 0 });
  const near = gif.frames.filter(({ view }, i) => view && i < 8 && gif.frames[i].startMs < 2000);
  assert.deepEqual(
    near.map(({ delayMs }) => delayMs),
    [60, 60, 60, 60, 2000 - 800 - 240],
  );
  const player = await GifPlayer.open(gif);
  const blackAt = async (frame) => {
    const { data } = await player.frame(frame);
    const tips = [];
    for (let at = 0; at < data.length; at += 4) if (data[at] + data[at + 1] + data[at + 2] === 0) tips.push(at / 4);
    return [tips[0] % 320, Math.floor(tips[0] / 320)];
  };
  const [{ view }] = near;
  const [x, y] = await blackAt(5);
  const target = [click.left - view.left, click.top - view.top];
  assert.ok(Math.abs(x - target[0]) <= 2 && Math.abs(y - target[1]) <= 2, `${x}, ${y} for ${target}`);
  const ways = await Promise.all([2, 3, 4].map(blackAt));
  const far = ways.map(([x, y]) => Math.hypot(x - target[0], y - target[1]));
  assert.ok(far[0] > far[1] && far[1] > far[2], String(far));
  const quick = await assembleGif([{ ...screenshots[0], delayMs: 600 }, screenshots[1]], { camera: "follow" });
  assert.equal(quick.frames.filter(({ startMs }) => startMs < 600).length, 2);
});

test("what is hidden is hidden in every view", async () => {
  const secret = [255, 0, 0];
  const redact = [{ left: 500, top: 250, width: 40, height: 40 }];
  const image = page({ left: 500, top: 250, color: secret });
  const screenshots = [
    { image: page(), click: { left: 510, top: 260 } },
    { image, redact, click: { left: 520, top: 270 } },
    { image, redact, click: { left: 30, top: 30 } },
  ];
  const gif = await assembleGif(screenshots, { camera: "follow", lossy: 0, clickMarkers: true });
  const player = await GifPlayer.open(gif);
  for (let i = 0; i < player.info.frames.length; i++) {
    const { data } = await player.frame(i);
    for (let at = 0; at < data.length; at += 4) {
      assert.ok(!(data[at] > 180 && data[at + 1] < 40 && data[at + 2] < 40), `frame ${i}`);
    }
  }
  assert.ok(gif.frames.filter(({ view }) => view).length >= 3);
});

test("the same bytes from any number of workers and a recording, with all that is drawn, within all limits", async () => {
  const options = {
    ...OPTIONS,
    captions: true,
    progressBar: true,
    embedSteps: true,
    maxDuration: 12_000,
    maxBytes: 90_000,
  };
  const expected = await assembleGif(steps, { ...options, workers: 1 });
  assert.ok(expected.durationMs <= 12_000 && expected.blob.size <= 90_000);
  assert.ok(expected.reduction.length.fullMs > 12_000);
  for (const workers of [2, 3]) {
    assert.equal(await bytesOf(await assembleGif(steps, { ...options, workers })), await bytesOf(expected));
  }
  const recorder = new GifRecorder(options);
  for (const step of steps) await recorder.add(step);
  assert.equal(await bytesOf(await recorder.finish()), await bytesOf(expected));
  const { steps: embedded } = await inspectGif(expected);
  const shown = expected.frames.flatMap(({ sources }) => sources);
  assert.deepEqual(
    embedded.map(({ number }) => number),
    shown.map((at) => steps[at].number),
  );
});

test("a screenshot that is as small as the GIF is shown as it is, and so is one with hardly any time", async () => {
  const small = [page(), page({ left: 10, top: 10, color: [0, 90, 200] })];
  const same = await assembleGif(small, { camera: "follow", width: 640 });
  assert.equal(await bytesOf(same), await bytesOf(await assembleGif(small, { width: 640 })));
  const quick = await assembleGif(small, { camera: "follow", delay: 100 });
  assert.ok(quick.frames.length === 2 && quick.frames.every(({ view }) => view === undefined));
});
