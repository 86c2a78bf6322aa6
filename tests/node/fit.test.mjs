// How `maxBytes` is met, over a wasm that makes frames of whatever length a test says.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { importOverFake } from "./support/fake-platform.mjs";
import { fakeShot } from "./support/fake-wasm.mjs";
import { importSource } from "./support/source.mjs";

const { assembleGif, GifRecorder, TaskGifError, world, workers } = await importOverFake();
const {
  "assembly/size-reduction/fit-max-bytes.lazy": { ladder },
} = await importSource("assembly/size-reduction/fit-max-bytes.lazy");

afterEach(() => {
  world.frameBytes = undefined;
  world.budget = Number.POSITIVE_INFINITY;
});

const FRAMES = 8;
const shots = (extra = () => ({})) =>
  Array.from({ length: FRAMES }, (_, i) => fakeShot(`shot ${i}`, { width: 1280, height: 800, ...extra(i) }));
const bytesOf = (gif) => gif.blob.text();

/** Frames as screenshots mostly are: with the area, a little with loss, and less with few colors. */
const typical = ({ width, lossy, colors, place }) =>
  Math.round(
    (place === 0 ? 9000 : 3000) * (width / 1280) ** 1.8 * Math.exp(-0.006 * (lossy - 25)) * (colors / 256) ** 0.1,
  );

/** Better first: a larger scale, less loss, more colors, fewer dropped. */
const rank = ({ scale, lossy, colors, dropped }) => [-scale, lossy, -colors, dropped];
function isNoBetter(a, b) {
  const [x, y] = [rank(a), rank(b)];
  const first = x.findIndex((value, i) => value !== y[i]);
  return first < 0 || x[first] > y[first];
}

test("a GIF that fits is left as it is", async () => {
  world.frameBytes = typical;
  const plain = await assembleGif(shots());
  assert.equal(plain.reduction, undefined);
  world.plans = 0;
  const gif = await assembleGif(shots(), { maxBytes: plain.blob.size });
  assert.equal(await bytesOf(gif), await bytesOf(plain));
  assert.deepEqual(gif.reduction, { scale: 1, colors: 256, lossy: 25, dropped: 0, attempts: 1 });
  assert.equal(world.plans, 1);
});

test("a smaller limit never gives a larger or a better GIF, and each takes no more than four runs", async () => {
  for (const power of [1.1, 1.8, 2.2]) {
    world.frameBytes = (how) => Math.round(typical(how) * (how.width / 1280) ** (power - 1.8));
    const { size } = (await assembleGif(shots())).blob;
    let before;
    for (let limit = size - 1; ; limit = Math.floor(limit * 0.93)) {
      [world.decoded, world.encoded] = [0, 0];
      const gif = await assembleGif(shots(), { maxBytes: limit, workers: 1 }).catch((error) => error);
      // Of the time of a run, decoding is no more than two thirds.
      assert.ok(world.decoded <= 6 * FRAMES && world.encoded <= 8 * FRAMES, `${world.decoded}, ${world.encoded}`);
      if (gif instanceof TaskGifError) {
        assert.equal(gif.code, "CANNOT_FIT");
        assert.ok(before.reduction.scale === 0.25 && before.reduction.colors === 16);
        break;
      }
      assert.ok(gif.blob.size <= limit, `${gif.blob.size} > ${limit}`);
      if (before) {
        const both = JSON.stringify([before.reduction, before.blob.size, gif.reduction, gif.blob.size]);
        assert.ok(gif.blob.size <= before.blob.size && isNoBetter(gif.reduction, before.reduction), both);
      }
      before = gif;
    }
  }
});

test("the outcome is the first step that fits, as if every step had been tried", async () => {
  world.frameBytes = typical;
  const first = await assembleGif(shots());
  const total = (how) =>
    Array.from({ length: FRAMES }, (_, place) => typical({ ...how, place })).reduce((a, b) => a + b);
  const steps = [];
  for (const scale of [1, 3 / 4, 2 / 3, 1 / 2, 1 / 3, 1 / 4]) {
    // A size that is hardly smaller begins lossier, so that bytes keep falling.
    const levels = scale === 1 || scale === 2 / 3 ? [44, 60] : [25, 44, 60];
    for (const lossy of levels) steps.push({ scale, lossy, colors: 256 });
  }
  for (const share of [0.9, 0.7, 0.5, 0.3, 0.2]) {
    const maxBytes = Math.round(first.blob.size * share);
    const expected = steps.find(({ scale, ...how }) => {
      const [width, height] = [1280, 800].map((side) => Math.round(side * scale));
      return total({ width, ...how }) + `GIF89a ${width}x${height}\n;`.length <= maxBytes;
    });
    const { reduction } = await assembleGif(shots(), { maxBytes });
    assert.deepEqual({ scale: reduction.scale, lossy: reduction.lossy, colors: reduction.colors }, expected);
  }
});

test("the bytes are the same for any number of workers, order of events and memory budget, and for a recording", async () => {
  world.frameBytes = typical;
  const expected = await assembleGif(shots(), { maxBytes: 8000, workers: 1 });
  assert.ok(expected.reduction.attempts > 2);
  for (let seed = 1; seed <= 8; seed++) {
    workers.seed(seed);
    world.budget = seed % 3 === 0 ? 2 : Number.POSITIVE_INFINITY;
    const gif = await assembleGif(shots(), { maxBytes: 8000, workers: 1 + (seed % 4) });
    assert.equal(await bytesOf(gif), await bytesOf(expected));
  }
  world.budget = Number.POSITIVE_INFINITY;
  const recorder = new GifRecorder({ maxBytes: 8000 });
  for (const shot of shots()) await recorder.add(shot);
  const recorded = await recorder.finish();
  assert.equal(await bytesOf(recorded), await bytesOf(expected));
  assert.deepEqual(recorded.reduction, expected.reduction);
});

test("near-duplicates go last, are merged with the screenshot before, and keep their time", async () => {
  world.frameBytes = () => 1000;
  const list = shots((i) => ({ changed: i % 2 === 1 ? 0.01 : 1 }));
  const gif = await assembleGif(list, { maxBytes: 6000 });
  // The last one is never left out.
  assert.deepEqual(gif.reduction, { scale: 0.25, colors: 16, lossy: 60, dropped: 3, attempts: gif.reduction.attempts });
  assert.deepEqual(
    gif.frames.map(({ sources }) => sources),
    [[0, 1], [2, 3], [4, 5], [6], [7]],
  );
  assert.match(await bytesOf(gif), /shot 0 > shot 0 > shot 2/);
});

test("what cannot fit is an error that says how far it got", async () => {
  world.frameBytes = () => 1000;
  await assert.rejects(assembleGif(shots(), { maxBytes: 4000 }), (error) => {
    assert.ok(error instanceof TaskGifError);
    assert.equal(error.code, "CANNOT_FIT");
    assert.match(
      error.message,
      /^expected a GIF of at most 4000 bytes, found 80\d\d to be the fewest \(scale 0\.25, 16 colors, lossy 60, 0 near-duplicates left out\); raise options\.maxBytes/,
    );
    return true;
  });
});

test("limits.outputBytes is an upper bound to maxBytes", async () => {
  world.frameBytes = typical;
  const gif = await assembleGif(shots(), { maxBytes: 1_000_000, limits: { outputBytes: 20_000 } });
  assert.ok(gif.blob.size <= 20_000 && gif.reduction.attempts > 1);
});

test("screenshots of other sizes and fit none are scaled with the screen", async () => {
  world.frameBytes = typical;
  const list = [...shots(), fakeShot("small", { width: 640, height: 400 })];
  for (const fit of ["none", "contain"]) {
    const gif = await assembleGif(list, { maxBytes: 12_000, fit });
    assert.deepEqual([gif.width, gif.height], [1280 * gif.reduction.scale, 800 * gif.reduction.scale]);
  }
});

test("progress never falls and ends at 1 once", async () => {
  world.frameBytes = typical;
  for (const maxBytes of [100_000, 8000]) {
    const ratios = [];
    await assembleGif(shots(), { maxBytes, onProgress: ({ ratio }) => ratios.push(ratio) });
    assert.ok(ratios.every((ratio, i) => i === 0 || ratio >= ratios[i - 1]));
    assert.equal(ratios.filter((ratio) => ratio === 1).length, 1);
    assert.equal(ratios.at(-1), 1);
  }
});

test("an abort in a later attempt ends the search, and the workers are free for the next", async () => {
  world.frameBytes = typical;
  const abort = new AbortController();
  const reason = new Error("enough");
  const onProgress = ({ ratio }) => ratio > 0.6 && abort.abort(reason);
  await assert.rejects(assembleGif(shots(), { maxBytes: 5000, signal: abort.signal, onProgress }), reason);
  assert.ok((await assembleGif(shots(), { maxBytes: 5000 })).blob.size <= 5000);
});

test("a worker that crashes in a later attempt is replaced, and the outcome is the same", async () => {
  world.frameBytes = typical;
  const expected = await bytesOf(await assembleGif(shots(), { maxBytes: 8000, workers: 2 }));
  let name = 0;
  const fresh = () => shots((i) => ({ ...(i === 5 && { trapAt: 2 }) }));
  for (let seed = 1; seed <= 4; seed++) {
    workers.seed(seed);
    // The crash counts per screenshot, so each round has its own.
    const list = fresh().map(async (shot) => {
      const text = JSON.parse(await shot.text());
      return new Blob([
        JSON.stringify({ ...text, name: text.trapAt ? `shot 5${"\u200b".repeat(name + 1)}` : text.name }),
      ]);
    });
    name++;
    const gif = await assembleGif(await Promise.all(list), { maxBytes: 8000, workers: 2 });
    assert.equal((await bytesOf(gif)).replaceAll("\u200b", "").replace(/ +\n/g, "\n"), expected.replace(/ +\n/g, "\n"));
  }
});

test("the ladder only goes down, and starts from what was asked for", () => {
  const trial = (lossy, maxColors, width = 1280) => ({
    first: { plan: { lossy, frames: [] }, wasmOptions: { width, height: width / 2, maxColors }, blocks: [], size: 1 },
    frames: [],
  });
  for (const [lossy, colors] of [
    [0, 256],
    [25, 256],
    [44, 32],
    [80, 16],
  ]) {
    const start = { scale: 1, lossy, colors, drop: 0 };
    const steps = ladder(start, trial(lossy, colors));
    for (const [i, step] of steps.entries()) {
      const before = steps[i - 1] ?? start;
      assert.ok(step.scale < before.scale || (step.scale === before.scale && step.lossy >= before.lossy));
      assert.ok(step.colors <= before.colors && step.drop >= before.drop);
      assert.ok(step.lossy >= lossy && step.colors <= colors && step.scale * 1280 >= 320);
    }
    assert.equal(steps.at(-1).colors, 16);
  }
  assert.deepEqual(ladder({ scale: 1, lossy: 60, colors: 16, drop: 0 }, trial(60, 16, 300)), []);
});
