// How many workers an assembly has where its options do not say so; the bytes never depend on it.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { importOverFake } from "./support/fake-platform.mjs";
import { fakeShot } from "./support/fake-wasm.mjs";
import { importSource } from "./support/source.mjs";

const { assembleGif, GifRecorder, pool, workers } = await importOverFake();
const {
  "assembly/sessions/worker-growth": { WorkerGrowth },
} = await importSource("assembly/sessions/worker-growth");

const shots = (count, extra = {}) => Array.from({ length: count }, (_, i) => fakeShot(`shot ${i}`, extra));
const reasons = (gif) => gif.stats.workerChanges.map(({ workers, why }) => [workers, why]);

/** A clock on which every look takes so long that screenshots wait. */
function slowClock(t, msALook = 50) {
  let now = 0;
  t.mock.method(performance, "now", () => (now += msALook));
}

beforeEach(() => {
  pool.close();
  workers.most = Number.POSITIVE_INFINITY;
});

test("one worker begins, and a second one follows where there are three screenshots", async () => {
  assert.deepEqual(reasons(await assembleGif(shots(2))), [[1, "start"]]);
  pool.close();
  const gif = await assembleGif(shots(3));
  assert.deepEqual(reasons(gif), [
    [1, "start"],
    [2, "screenshots"],
  ]);
  assert.equal(gif.stats.workers, 2);
});

test("few screenshots do not say how many workers are useful to many", async (t) => {
  slowClock(t);
  await assembleGif(shots(4));
  assert.equal(pool.useful, undefined);
  assert.deepEqual(reasons(await assembleGif(shots(60))).slice(0, 2), [
    [2, "warm"],
    [4, "waiting"],
  ]);
});

test("the number that was asked for is the number from the first to the last", async () => {
  for (const workers of [1, 3, 6]) {
    assert.deepEqual(reasons(await assembleGif(shots(20), { workers })), [[workers, "asked"]]);
  }
});

test("workers of earlier assemblies take part from the beginning", async () => {
  await assembleGif(shots(10), { workers: 3 });
  assert.deepEqual(reasons(await assembleGif(shots(10)))[0], [3, "warm"]);
});

test("the bytes are those of one worker while the number grows and shrinks", async (t) => {
  const expected = await (await assembleGif(shots(60), { workers: 1 })).blob.text();
  slowClock(t);
  const ends = new Set();
  for (let seed = 1; seed <= 12; seed++) {
    pool.close();
    workers.seed(seed);
    const gif = await assembleGif(shots(60));
    assert.equal(await gif.blob.text(), expected);
    assert.deepEqual(reasons(gif).slice(0, 3), [
      [1, "start"],
      [2, "screenshots"],
      [4, "waiting"],
    ]);
    ends.add(reasons(gif).at(-1).join(" "));
    // What was found is where the next one begins.
    if (pool.useful) assert.deepEqual(reasons(await assembleGif(shots(9)))[0], [pool.useful, "useful"]);
  }
  // The clock says that four are no faster than two: their answers come one after another.
  assert.ok(ends.has("2 not-faster"), [...ends].join(", "));
});

test("a recording grows as well, and its bytes do not show it", async (t) => {
  const record = async (options) => {
    const recorder = new GifRecorder(options);
    for (const shot of shots(40)) await recorder.add(shot);
    return recorder.finish();
  };
  const expected = await (await record({ workers: 1 })).blob.text();
  slowClock(t);
  for (let seed = 1; seed <= 6; seed++) {
    pool.close();
    workers.seed(seed);
    assert.equal(await (await record()).blob.text(), expected);
  }
});

test("a worker that cannot be started is done without", async () => {
  const expected = await (await assembleGif(shots(12), { workers: 1 })).blob.text();
  pool.close();
  workers.most = 1 + workers.started - workers.terminated;
  const gif = await assembleGif(shots(12));
  assert.equal(await gif.blob.text(), expected);
  assert.deepEqual(reasons(gif).at(-1), [1, "lost"]);
});

test("where there is no memory for two, one goes on, and later assemblies begin with one", async () => {
  const [, ...rest] = shots(12);
  const scarce = fakeShot("scarce", { noMemory: 1 });
  const expected = await (await assembleGif([fakeShot("scarce"), ...rest], { workers: 1 })).blob.text();
  pool.close();
  const gif = await assembleGif([scarce, ...rest]);
  assert.equal(await gif.blob.text(), expected);
  assert.deepEqual(reasons(gif).at(-1), [1, "memory"]);
  assert.deepEqual(reasons(await assembleGif(shots(9))), [[1, "useful"]]);
  // The number that was asked for is not less.
  const always = fakeShot("always", { noMemory: 1e9 });
  await assert.rejects(assembleGif([always, ...rest], { workers: 2 }), { code: "OUT_OF_MEMORY" });
  await assert.rejects(assembleGif([always, ...rest]), { code: "OUT_OF_MEMORY" });
});

test("more workers stay if the work goes faster, and go if it does not", (t) => {
  let now = 0;
  t.mock.method(performance, "now", () => now);
  for (const [speedup, expected] of [
    [2, [8, "waiting"]],
    [1.1, [2, "not-faster"]],
  ]) {
    const sessions = [{}, {}];
    const growth = new WorkerGrowth({ size: 2, sessions: () => sessions }, undefined, 8);
    growth.begin();
    let msAFrame = 100;
    for (let frame = 0; frame < 24; frame++) {
      now += msAFrame;
      const session = sessions[frame % sessions.length];
      const step = growth.analyzed({ session, cost: 1, waiting: 1000 }, sessions);
      if (!step?.add) continue;
      for (let i = 0; i < step.add; i++) sessions.push({});
      msAFrame /= speedup;
    }
    const { workers, why } = growth.changes.at(-1);
    assert.deepEqual([workers, why], expected);
  }
});

test("a large screen limits the workers, and says that memory does", () => {
  const growth = new WorkerGrowth({ size: 6, sessions: (count) => new Array(count) }, undefined, 8);
  assert.equal(growth.begin().length, 6);
  assert.equal(growth.limit(3, 6), 3);
  assert.deepEqual([growth.most, growth.changes.at(-1).why], [3, "memory"]);
});
