import assert from "node:assert/strict";
import { test } from "node:test";
import { importOverFake } from "./support/fake-platform.mjs";
import { fakeShot } from "./support/fake-wasm.mjs";

const { assembleGif, GifRecorder, world, workers } = await importOverFake();

const shots = (count) => Array.from({ length: count }, (_, i) => fakeShot(`shot ${i}`));
const textOf = (gif) => gif.blob.text();
const turn = () => new Promise((resolve) => setTimeout(resolve, 2));

test("a recording gives the GIF that an assembly of the same screenshots gives", async () => {
  const list = shots(26);
  const expected = await textOf(await assembleGif(list));
  for (let seed = 1; seed <= 6; seed++) {
    workers.seed(seed);
    const recorder = new GifRecorder({ workers: 1 + (seed % 3) });
    for (const [i, shot] of list.entries()) {
      await recorder.add(shot);
      if (i % (seed + 1) === 0) await turn();
    }
    assert.equal(await textOf(await recorder.finish()), expected);
  }
});

test("screenshots are analyzed while the recording goes on", async () => {
  const recorder = new GifRecorder();
  const { decoded } = world;
  for (const shot of shots(5)) await recorder.add(shot);
  for (let i = 0; i < 50 && world.decoded < decoded + 5; i++) await turn();
  assert.ok(world.decoded >= decoded + 5);
  await recorder.finish();
});

test("when screenshots come slowly, encoding is shared out all the same", async () => {
  const recorder = new GifRecorder({ workers: 2 });
  const { decoded } = world;
  for (const shot of shots(32)) {
    await recorder.add(shot);
    await turn();
  }
  await recorder.finish();
  // Every eighth screenshot another worker goes on, for two decodes more.
  assert.ok(world.decoded - decoded > 32 && world.decoded - decoded <= 32 + 2 * 4 + 2, `${world.decoded - decoded}`);
});

test("add holds back a caller who is faster than the workers", async () => {
  const recorder = new GifRecorder({ workers: 1 });
  let admitted = 0;
  const adds = shots(40).map((shot) => recorder.add(shot).then(() => admitted++));
  await Promise.resolve();
  assert.ok(admitted < 40);
  await Promise.all(adds);
  assert.equal((await recorder.finish()).frames.length, 40);
});

test("calls of add that are not waited for keep their order", async () => {
  const recorder = new GifRecorder();
  const url = (shot, wait) => `https://example.org/?${new URLSearchParams({ shot, wait })}`;
  const list = shots(6);
  const texts = await Promise.all(list.map((shot) => shot.text()));
  const adds = texts.map((text, i) => recorder.add(i % 2 ? list[i] : url(text, 20 - i * 3)));
  const gif = await recorder.finish();
  await Promise.all(adds);
  assert.equal(await textOf(gif), await textOf(await assembleGif(list)));
});

test("timestamps put a recording in chronological order at its end", async () => {
  const list = [0, 1, 2, 5, 3, 4, 6].map((at, i) => ({ image: fakeShot(`shot ${i}`), timestampMs: at }));
  const recorder = new GifRecorder();
  for (const shot of list) await recorder.add(shot);
  assert.equal(await textOf(await recorder.finish()), await textOf(await assembleGif(list)));
});

test("a larger screenshot in mid-recording enlarges the screen", async () => {
  const list = [...shots(5), fakeShot("large", { width: 640, height: 480 }), ...shots(3)];
  const recorder = new GifRecorder();
  for (const shot of list) {
    await recorder.add(shot);
    await turn();
  }
  const gif = await recorder.finish();
  assert.deepEqual([gif.width, gif.height], [640, 480]);
  assert.equal(await textOf(gif), await textOf(await assembleGif(list)));
});

test("a bad first screenshot can be skipped as well", async () => {
  const recorder = new GifRecorder({ onBadFrame: "skip" });
  await recorder.add(new Blob(["nothing"]));
  await turn();
  await recorder.add(new Blob(["nothing either"]));
  await turn();
  for (const shot of shots(3)) await recorder.add(shot);
  const gif = await recorder.finish();
  assert.equal(await textOf(gif), await textOf(await assembleGif(shots(3))));
  assert.deepEqual(
    gif.stats.skipped.map(({ frame }) => frame),
    [0, 1],
  );
});

test("progress stays at 0 while screenshots may still come", async () => {
  const seen = [];
  const recorder = new GifRecorder({ onProgress: (progress) => seen.push(progress) });
  for (const shot of shots(5)) await recorder.add(shot);
  for (let i = 0; i < 50 && seen.length < 5; i++) await turn();
  assert.ok(seen.every(({ phase, ratio }) => phase === "analyze" && ratio === 0));
  await recorder.finish();
  assert.equal(seen.at(-1).ratio, 1);
});

test("abort ends a recording, and everyone who waits for it", async () => {
  const recorder = new GifRecorder();
  await recorder.add(fakeShot("a"));
  const finished = recorder.finish();
  recorder.abort();
  await assert.rejects(finished, { name: "AbortError", message: "the recording was aborted" });

  const other = new GifRecorder();
  other.abort(new Error("not needed"));
  await assert.rejects(other.add(fakeShot("a")), { code: "RECORDING_ENDED" });
  await assert.rejects(other.finish(), {
    code: "RECORDING_ENDED",
    message: "finish() was called after finish() or abort(); start another GifRecorder",
  });
});

test("a signal ends a recording like abort", async () => {
  const controller = new AbortController();
  const recorder = new GifRecorder({ signal: controller.signal });
  await recorder.add(fakeShot("a"));
  controller.abort();
  await assert.rejects(recorder.add(fakeShot("b")), { name: "AbortError" });
  await assert.rejects(recorder.finish(), { name: "AbortError" });
});

test("wrong arguments are TypeErrors at once", async () => {
  assert.throws(() => new GifRecorder({ delay: "slow" }), /^TypeError: options\.delay/);
  const recorder = new GifRecorder();
  await recorder.add(fakeShot("a"));
  await assert.rejects(recorder.add(42), /^TypeError: screenshots\[1\]: expected a Blob/);
  recorder.abort();
});

test("blank screenshots are left out of a recording", async () => {
  const recorder = new GifRecorder();
  await recorder.add({ image: fakeShot("new tab"), url: "chrome://newtab/" });
  for (const shot of shots(2)) await recorder.add(shot);
  const gif = await recorder.finish();
  assert.deepEqual(gif.stats.blank, [0]);
  assert.deepEqual(
    gif.frames.map(({ sources }) => sources[0]),
    [1, 2],
  );
});
