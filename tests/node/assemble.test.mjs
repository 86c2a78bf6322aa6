import assert from "node:assert/strict";
import { test } from "node:test";
import { importOverFake } from "./support/fake-platform.mjs";
import { fakeShot } from "./support/fake-wasm.mjs";

const { assembleGif, TaskGif, TaskGifError, world, workers } = await importOverFake();

const shots = (count, extra = {}) => Array.from({ length: count }, (_, i) => fakeShot(`shot ${i}`, extra));
const textOf = (gif) => gif.blob.text();

test("every frame is compared with the two before it, whoever works on it", async () => {
  const gif = await assembleGif(shots(4), { workers: 2, delay: 500 });
  assert.equal(
    await textOf(gif),
    "GIF89a 100x50\nshot 0 @500\nshot 0 > shot 1 @500\nshot 0 > shot 1 > shot 2 @500\nshot 1 > shot 2 > shot 3 @500\n;",
  );
  assert.ok(gif instanceof TaskGif);
  assert.equal(gif.source, "local");
  assert.deepEqual([gif.width, gif.height, gif.durationMs], [100, 50, 400]);
  assert.deepEqual(gif.frames[1], { startMs: 100, delayMs: 100, sources: [1], bytes: 21 });
});

test("the bytes are the same for any number of workers and any order of events", async () => {
  const screenshots = shots(23);
  const expected = await textOf(await assembleGif(screenshots, { workers: 1 }));
  for (let seed = 1; seed <= 20; seed++) {
    workers.seed(seed);
    const gif = await assembleGif(screenshots, { workers: 1 + (seed % 7) });
    assert.equal(await textOf(gif), expected);
    assert.equal(gif.stats.workers, 1 + (seed % 7));
  }
});

test("the stats have numbers for time, memory and bytes", async () => {
  const { stats, blob } = await assembleGif(shots(6), { workers: 3 });
  for (const name of ["decodeMs", "planMs", "encodeMs", "totalMs"]) assert.ok(stats[name] >= 0, name);
  assert.ok(Math.abs(stats.totalMs - stats.decodeMs - stats.planMs - stats.encodeMs) < 1);
  assert.deepEqual(
    [stats.workers, stats.workerKind, stats.peakMemoryBytes, stats.outputBytes, stats.paletteKind],
    [3, "module", 3 * 65536, blob.size, "fake"],
  );
  assert.deepEqual([stats.blank, stats.skipped], [[], []]);
});

test("identical neighbors become one frame that names both", async () => {
  const gif = await assembleGif([fakeShot("a"), fakeShot("a"), fakeShot("b")]);
  assert.deepEqual(
    gif.frames.map((frame) => frame.sources),
    [[0, 1], [2]],
  );
});

test("arrays, iterables, async iterables and promises give the same GIF", async () => {
  const list = shots(9);
  const expected = await textOf(await assembleGif(list));
  const slowly = async function* () {
    for (const shot of list) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      yield shot;
    }
  };
  const forms = [new Set(list), list.values(), slowly(), list.map(async (shot) => shot)];
  for (const form of forms) assert.equal(await textOf(await assembleGif(form)), expected);
});

test("URLs are loaded several at once and keep their order", async () => {
  const urls = await Promise.all(
    shots(9).map(async (shot, i) => {
      const query = new URLSearchParams({ shot: await shot.text(), wait: String((9 - i) * 3) });
      return `https://example.org/?${query}`;
    }),
  );
  assert.equal(await textOf(await assembleGif(urls)), await textOf(await assembleGif(shots(9))));
});

test("pictures behind functions are read a few at a time, in order, and give the same GIF", async () => {
  const list = shots(60);
  const expected = await textOf(await assembleGif(list));
  let open = 0;
  let most = 0;
  const calls = [];
  const lazy = list.map((shot, i) => ({
    ...("image" in shot ? shot : {}),
    image: async () => {
      calls.push(i);
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 1));
      open--;
      return "image" in shot ? shot.image : shot;
    },
  }));
  assert.equal(await textOf(await assembleGif(lazy)), expected);
  assert.deepEqual(
    calls,
    list.map((_, i) => i),
  );
  assert.ok(most <= 8, `${most} of 60 at once`);
});

test("screenshots with timestamps come in chronological order, those of one moment in the given order", async () => {
  const at = [30, 10, 20, 10];
  const list = at.map((timestampMs, i) => ({ image: fakeShot(`shot ${i}`), timestampMs }));
  const expected =
    "GIF89a 100x50\nshot 1 @90\nshot 1 > shot 3 @90\nshot 1 > shot 3 > shot 2 @90\nshot 3 > shot 2 > shot 0 @90\n;";
  const gif = await assembleGif(list, { delay: 90 });
  assert.equal(await textOf(gif), expected);
  assert.deepEqual(
    gif.frames.map((frame) => frame.sources[0]),
    [1, 3, 2, 0],
  );
  assert.equal(
    await textOf(
      await assembleGif(
        list.map(async (shot) => shot),
        { delay: 90 },
      ),
    ),
    expected,
  );
});

test("one screenshot without a timestamp leaves all in the given order", async () => {
  const list = [{ image: fakeShot("a"), timestampMs: 2 }, { image: fakeShot("b"), timestampMs: 1 }, fakeShot("c")];
  assert.match(await textOf(await assembleGif(list)), /a @.*\na > b @.*\na > b > c/);
});

test("a later, larger screenshot enlarges the screen, and all are compared on that", async () => {
  const list = [...shots(7), fakeShot("tall", { height: 300 }), fakeShot("wide", { width: 400 }), ...shots(5)];
  const gif = await assembleGif(list, { workers: 3 });
  assert.deepEqual([gif.width, gif.height], [400, 300]);
  assert.equal(await textOf(gif), await textOf(await assembleGif(list, { workers: 1 })));
});

test("the screen follows width, height and scale", async () => {
  const size = async (options) => {
    const { width, height } = await assembleGif(shots(3), options);
    return [width, height];
  };
  assert.deepEqual(await size({ width: 50 }), [50, 25]);
  assert.deepEqual(await size({ height: 100 }), [200, 100]);
  assert.deepEqual(await size({ width: 30, height: 40 }), [30, 40]);
  assert.deepEqual(await size({ scale: 0.5 }), [50, 25]);
});

test("fewer than two screenshots are an error, unless one is allowed", async () => {
  await assert.rejects(assembleGif(shots(1)), {
    name: "TaskGifError",
    code: "TOO_FEW_SCREENSHOTS",
    message: "expected at least 2 screenshots, found 1; add screenshots or lower options.minFrames",
  });
  await assert.rejects(assembleGif([]), { code: "TOO_FEW_SCREENSHOTS" });
  await assert.rejects(assembleGif([], { minFrames: 1 }), { code: "TOO_FEW_SCREENSHOTS" });
  assert.equal((await assembleGif(shots(1), { minFrames: 1 })).frames.length, 1);
});

test("a frame that a session has let go of is decoded again", async () => {
  const expected = await textOf(await assembleGif(shots(8)));
  world.budget = 1;
  try {
    assert.equal(await textOf(await assembleGif(shots(8), { workers: 2 })), expected);
  } finally {
    world.budget = Number.POSITIVE_INFINITY;
  }
});

test("frames change hands when one worker has more to encode than another", async () => {
  const { released } = world;
  const expected = await textOf(await assembleGif(shots(12), { workers: 1 }));
  // Which worker has more to encode depends on which of them analyzed more.
  for (let seed = 1; seed <= 20; seed++) {
    workers.seed(seed);
    assert.equal(await textOf(await assembleGif(shots(12), { workers: 2 })), expected);
  }
  assert.ok(world.released > released);
});

test("hardly anything is decoded twice", async () => {
  const before = world.decoded;
  await assembleGif(shots(40), { workers: 2 });
  assert.ok(world.decoded - before <= 48, `${world.decoded - before} decodes for 40 screenshots`);
});

test("delayMs and a caption belong to their screenshot", async () => {
  const list = shots(3).map((image, i) => ({ image, delayMs: 1000 + i, caption: "text" }));
  assert.match(await textOf(await assembleGif(list)), /shot 0 @1000\n.*@1001\n.*@1002\n/);
});

test("more screenshots or pixels than the limits allow are refused before any work", async () => {
  await assert.rejects(assembleGif(shots(5), { limits: { frames: 4 } }), {
    code: "LIMIT_EXCEEDED",
    message: "limit frames is 4, found more than 4; raise limits.frames if this input is meant",
  });
  await assert.rejects(
    assembleGif(shots(5), { limits: { totalPixels: 24_999 } }),
    /limit totalPixels is 24999, found 25000/,
  );
  await assert.rejects(assembleGif(shots(5), { limits: { outputBytes: 10 } }), /limit outputBytes is 10/);
  await assert.rejects(assembleGif([...shots(2), fakeShot("x".repeat(200))], { limits: { inputBytes: 200 } }), {
    code: "LIMIT_EXCEEDED",
    frame: 2,
  });
});

test("assemblies at the same time do not disturb each other", async () => {
  const lists = [5, 9, 13].map((count) => shots(count));
  const expected = [];
  for (const list of lists) expected.push(await textOf(await assembleGif(list)));
  const gifs = await Promise.all([...lists, ...lists].map((list) => assembleGif(list)));
  assert.deepEqual(await Promise.all(gifs.map(textOf)), [...expected, ...expected]);
});

test("workers are kept for the next assembly", async () => {
  await assembleGif(shots(8), { workers: 4 });
  const before = workers.started;
  await assembleGif(shots(8), { workers: 4 });
  assert.equal(workers.started, before);
});

test("toUrl gives the same address until close", async () => {
  const gif = await assembleGif(shots(2));
  const url = gif.toUrl();
  assert.match(url, /^blob:/);
  assert.equal(gif.toUrl(), url);
  gif.close();
  assert.notEqual(gif.toUrl(), url);
  gif.close();
});

test("what is no screenshot is a TypeError that says where", async () => {
  const cases = [
    [
      [fakeShot("a"), 17],
      "screenshots[1]: expected a Blob, bytes, a URL, base64, a Response, an image, a canvas or a function, found 17",
    ],
    [[fakeShot("a"), { image: null }], /^screenshots\[1\]\.image: expected a Blob/],
    [[{ image: fakeShot("a"), delayMs: -1 }], "screenshots[0].delayMs: expected a number from 0 to 86400000, found -1"],
    [
      [{ image: fakeShot("a"), timestampMs: "now" }],
      /^screenshots\[0\]\.timestampMs: expected a number .* found "now"$/,
    ],
    [[{ image: fakeShot("a"), redact: [{}] }], /^screenshots\[0\]\.redact\[0\]\.left: expected a number/],
    ["text", /^screenshots: expected an array, an iterable or an async iterable of screenshots, found "text"$/],
    [undefined, /^screenshots: expected an array/],
  ];
  for (const [list, message] of cases) await assert.rejects(assembleGif(list), { name: "TypeError", message });
});

test("errors are instances of TaskGifError and of Error", async () => {
  const error = await assembleGif([]).catch((reason) => reason);
  assert.ok(error instanceof TaskGifError && error instanceof Error);
});

test("many assemblies at once wait for each other instead of filling the memory", async () => {
  const controller = new AbortController();
  const many = Array.from({ length: 12 }, () => assembleGif(shots(8), { workers: 2 }));
  const aborted = assembleGif(shots(8), { signal: controller.signal });
  controller.abort();
  await assert.rejects(aborted, { name: "AbortError" });
  const gifs = await Promise.all(many);
  assert.equal(new Set(await Promise.all(gifs.map(textOf))).size, 1);
});
