import assert from "node:assert/strict";
import { test } from "node:test";
import { importOverFake } from "./support/fake-platform.mjs";
import { fakeShot } from "./support/fake-wasm.mjs";

const { assembleGif, GifRecorder, TaskGifError, world, workers, pool } = await importOverFake();

const shots = (count) => Array.from({ length: count }, (_, i) => fakeShot(`shot ${i}`));
const textOf = (gif) => gif.blob.text();

/** Screenshots of which some are replaced. */
const withAt = (count, replaced) => shots(count).map((shot, i) => replaced[i] ?? shot);
const bad = fakeShot("bad", { bad: true });
const noImage = new Blob(["<html>"]);

test("one bad screenshot fails the assembly and is named by its position", async () => {
  for (const at of [0, 1, 2, 5, 6, 10, 11]) {
    await assert.rejects(assembleGif(withAt(12, { [at]: bad }), { workers: 2 }), {
      name: "TaskGifError",
      code: "DECODE_FAILED",
      frame: at,
      message: `screenshot ${at}: it cannot be decoded`,
    });
  }
  await assert.rejects(assembleGif(withAt(12, { 7: noImage })), { code: "UNKNOWN_FORMAT", frame: 7 });
});

test("the position is that of the given order, whatever the timestamps say", async () => {
  const list = withAt(6, { 1: bad }).map((image, i) => ({ image, timestampMs: 100 - i }));
  await assert.rejects(assembleGif(list), { frame: 1, message: "screenshot 1: it cannot be decoded" });
});

test("with onBadFrame skip, the GIF is as if the bad screenshots had not been given", async () => {
  for (let seed = 1; seed <= 12; seed++) {
    workers.seed(seed);
    const replaced = { [seed % 14]: bad, [(seed * 5) % 14]: noImage, [(seed * 3) % 14]: bad };
    const list = withAt(14, replaced);
    const good = list.filter((_, i) => !replaced[i]);
    const gif = await assembleGif(list, { onBadFrame: "skip", workers: 1 + (seed % 3) });
    assert.equal(await textOf(gif), await textOf(await assembleGif(good)));
    const positions = Object.keys(replaced).map(Number);
    assert.deepEqual(
      gif.stats.skipped.map(({ frame }) => frame).sort((a, b) => a - b),
      positions,
    );
    assert.ok(gif.stats.skipped.every(({ error }) => error instanceof TaskGifError));
    const given = list.map((_, i) => i).filter((i) => !replaced[i]);
    assert.deepEqual(
      gif.frames.flatMap((frame) => frame.sources),
      given,
    );
  }
});

test("skipping leaves the number of screenshots to be checked", async () => {
  await assert.rejects(assembleGif(withAt(3, { 0: bad, 2: bad }), { onBadFrame: "skip" }), {
    code: "TOO_FEW_SCREENSHOTS",
    message: "expected at least 2 screenshots, found 1 (2 unreadable); add screenshots or lower options.minFrames",
  });
  await assert.rejects(assembleGif([bad, bad], { onBadFrame: "skip" }), { code: "TOO_FEW_SCREENSHOTS" });
});

test("a URL that cannot be loaded counts as a bad screenshot", async () => {
  const url = (i) =>
    `https://example.org/?${new URLSearchParams({ shot: JSON.stringify({ name: i, width: 9, height: 9 }) })}`;
  const list = [url(0), url(1), "https://example.org/?missing", url(3)];
  await assert.rejects(assembleGif(list), {
    code: "FETCH_FAILED",
    frame: 2,
    message: "screenshot 2: expected a screenshot, found HTTP status 404",
  });
  const gif = await assembleGif(list, { onBadFrame: "skip" });
  assert.equal(gif.frames.length, 3);
  assert.deepEqual(
    gif.stats.skipped.map(({ frame }) => frame),
    [2],
  );
});

test("a worker that traps is replaced, and the work done again", async () => {
  const expected = await textOf(await assembleGif(shots(12), { workers: 3 }));
  const list = withAt(12, { 6: fakeShot("shot 6", { trap: 1 }) });
  const { terminated } = workers;
  assert.equal(await textOf(await assembleGif(list, { workers: 3 })), expected);
  assert.equal(workers.terminated, terminated + 1);
});

test("a screenshot that makes two workers trap is a typed error", async () => {
  const list = withAt(12, { 6: fakeShot("traps always", { trap: 99 }) });
  await assert.rejects(assembleGif(list, { workers: 2 }), { name: "TaskGifError", code: "WORKER_CRASHED" });
  await assembleGif(shots(4));
});

test("a trap in one assembly does not harm another on the same worker", async () => {
  const expected = await textOf(await assembleGif(shots(20), { workers: 2 }));
  const trapping = withAt(20, { 9: fakeShot("traps in both", { trap: 99 }) });
  const results = await Promise.allSettled([
    assembleGif(shots(20), { workers: 2 }),
    assembleGif(trapping, { workers: 2 }),
    assembleGif(shots(20), { workers: 2 }),
  ]);
  assert.equal(results[1].reason.code, "WORKER_CRASHED");
  assert.equal(await textOf(results[0].value), expected);
  assert.equal(await textOf(results[2].value), expected);
});

test("an aborted assembly rejects with the reason of its signal and leaves no worker busy", async () => {
  for (const phase of ["analyze", "plan", "encode"]) {
    const controller = new AbortController();
    const started = workers.started;
    const { terminated } = workers;
    const onProgress = (progress) => progress.phase === phase && controller.abort();
    const assembly = assembleGif(shots(30), { workers: 2, signal: controller.signal, onProgress });
    await assert.rejects(assembly, { name: "AbortError" });
    // Stopped in the middle of something, and others started in their place. Before phase B begins, nobody is busy.
    assert.equal(workers.terminated > terminated, phase !== "plan", phase);
    await assembleGif(shots(4), { workers: 2 });
    assert.equal(workers.started - started, workers.terminated - terminated, phase);
    assert.equal(pool.size, workers.started - workers.terminated);
  }
});

test("a signal that is aborted already starts nothing", async () => {
  const { decoded } = world;
  const reason = new Error("changed my mind");
  await assert.rejects(assembleGif(shots(5), { signal: AbortSignal.abort(reason) }), reason);
  await assert.rejects(assembleGif(shots(5), { signal: AbortSignal.abort() }), { name: "AbortError" });
  assert.equal(world.decoded, decoded);
});

test("an iterable that never yields does not keep an aborted assembly from ending", async () => {
  const controller = new AbortController();
  const never = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) };
  const assembly = assembleGif(never, { signal: controller.signal });
  setTimeout(() => controller.abort(), 5);
  await assert.rejects(assembly, { name: "AbortError" });
});

test("progress never falls and is 1 exactly once, at the end", async () => {
  const lists = [
    shots(2),
    shots(30),
    withAt(9, { 4: bad }),
    [...shots(6), fakeShot("large", { width: 999 }), ...shots(3)],
  ];
  for (const list of lists) {
    const seen = [];
    await assembleGif(list, { onBadFrame: "skip", onProgress: (progress) => seen.push(progress) });
    const ratios = seen.map(({ ratio }) => ratio);
    assert.deepEqual(
      ratios,
      [...ratios].sort((a, b) => a - b),
    );
    assert.equal(ratios.filter((ratio) => ratio === 1).length, 1);
    assert.equal(ratios.at(-1), 1);
    assert.ok(seen.every(({ done, total }) => done <= total));
    const phases = [...new Set(seen.map(({ phase }) => phase))];
    assert.deepEqual(phases, ["analyze", "plan", "encode"]);
  }
});

test("an exception of onProgress ends the assembly with it", async () => {
  for (const at of [1, 6, 8, 9]) {
    let calls = 0;
    const onProgress = () => {
      calls++;
      if (calls === at) throw new RangeError("from the callback");
    };
    await assert.rejects(assembleGif(shots(6), { onProgress }), { name: "RangeError", message: "from the callback" });
  }
  for (const when of ["plan", "last"]) {
    const onProgress = ({ phase, ratio }) => {
      if (when === "plan" ? phase === "plan" : ratio === 1) throw new RangeError("from the callback");
    };
    await assert.rejects(assembleGif(shots(6), { onProgress }), { name: "RangeError" });
  }
});

test("an error of the caller's own iterable comes through as it is", async () => {
  const failing = async function* () {
    yield fakeShot("a");
    throw new RangeError("the camera broke");
  };
  await assert.rejects(assembleGif(failing()), { name: "RangeError", message: "the camera broke" });
  await assert.rejects(assembleGif([Promise.reject(new RangeError("no picture"))]), { message: "no picture" });
});

test("a recorder that fails says so at the next call and at the end", async () => {
  const recorder = new GifRecorder();
  await recorder.add(fakeShot("a"));
  await recorder.add(bad).catch(() => {});
  await assert.rejects(recorder.finish(), { code: "DECODE_FAILED", frame: 1 });
  await assert.rejects(recorder.add(fakeShot("b")), { code: "RECORDING_ENDED" });
});

test("a caller who does not wait for add learns of a failure from finish alone", async () => {
  const unhandled = [];
  const note = (reason) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  try {
    const recorder = new GifRecorder();
    for (const shot of withAt(30, { 2: bad })) recorder.add(shot);
    await assert.rejects(recorder.finish(), { code: "DECODE_FAILED", frame: 2 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(unhandled, []);
  } finally {
    process.off("unhandledRejection", note);
  }
});
