// Parts of the package that are loaded when there is work for them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { importOverFake } from "./support/fake-platform.mjs";
import { fakeShot } from "./support/fake-wasm.mjs";
import { importSource } from "./support/source.mjs";

const {
  "lazy-import": { lazyImport },
} = await importSource("lazy-import");

const never = new Promise(() => {});

test("a part that is there is handed on", async () => {
  assert.equal(await lazyImport(Promise.resolve(7), undefined, new AbortController().signal), 7);
});

test("a part that is not there says what to do", async () => {
  const cause = new TypeError("Failed to fetch dynamically imported module: https://host/chunk.js");
  await assert.rejects(lazyImport(Promise.reject(cause)), {
    name: "TaskGifError",
    code: "SCRIPT_NOT_FOUND",
    message: /chunk\.js; serve all files of the package's dist folder/,
    cause,
  });
});

test("whoever waits for a part can be called off", async () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const waiting = lazyImport(never, first.signal, second.signal);
  second.abort(new Error("enough"));
  await assert.rejects(waiting, /enough/);
  await assert.rejects(lazyImport(never, AbortSignal.abort(new Error("before"))), /before/);
});

test("screenshots that are added while the recorder's parts are loaded keep their order, and their bytes", async () => {
  const { GifRecorder } = await importOverFake();
  const recorder = new GifRecorder();
  const seen = [];
  recorder.watch((event) => event.type === "screenshot" && seen.push(event.step.number));
  const bytes = new Uint8Array(await fakeShot("a").arrayBuffer());
  const added = [recorder.add(bytes), recorder.add(fakeShot("b")), recorder.add(fakeShot("c"))];
  const gif = await recorder.finish();
  await Promise.all(added);
  assert.deepEqual(seen, [1, 2, 3]);
  assert.deepEqual(
    gif.frames.flatMap(({ sources }) => sources),
    [0, 1, 2],
  );
});

test("a recording that is given up at once fails with the reason, wherever it was", async () => {
  const { GifRecorder, workers } = await importOverFake();
  const recorder = new GifRecorder();
  const events = [];
  recorder.watch(({ type, error }) => events.push([type, error]));
  const [adding, reason] = [recorder.add(fakeShot("a")), new Error("closed")];
  recorder.abort(reason);
  await assert.rejects(adding, reason);
  assert.deepEqual(events, [["failed", reason]]);
  await assert.rejects(recorder.finish(), { code: "RECORDING_ENDED" });
  assert.equal(workers.started, 0);
});
