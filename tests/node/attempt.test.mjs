// An answer belongs to its attempt: here, and in the worker.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeWorld, fakeShot } from "./support/fake-wasm.mjs";
import { importSource } from "./support/source.mjs";

const {
  "assembly/attempt/attempt": { Attempt, AttemptEnded },
  "assembly/attempt/probe-sizes": { probeSizes },
  "assembly/to-task-gif": { toBlob },
  "workers/worker-request-handler": { WorkerRequestHandler },
} = await importSource(
  "assembly/attempt/attempt",
  "assembly/attempt/probe-sizes",
  "assembly/to-task-gif",
  "workers/worker-request-handler",
);

const OPTIONS = { width: 8, height: 8, limits: {}, retain: false, delay: 100 };
const framesOf = (...names) => names.map((name, id) => ({ id, sourceIndex: id, source: fakeShot(name), timing: {} }));

/** A session that answers when the test says so; `sent` is what it was told. */
function session() {
  const sent = [];
  let settle;
  return {
    sent,
    notify: (notice) => sent.push(notice),
    ask: (request, attempt) => {
      sent.push({ ...request, attempt });
      return new Promise((resolve, reject) => {
        settle = { resolve, reject };
      });
    },
    answer: (reply) => settle.resolve(reply),
    fail: (error) => settle.reject(error),
  };
}

const attemptOf = (number, sessions, frames) =>
  new Attempt(number, { sessions, frames, specOf: () => {}, isTrial: false });

test("an answer that comes after its attempt has ended is dropped, a failure too", async () => {
  for (const settle of [(at) => at.answer({ type: "size" }), (at) => at.fail(new Error("a failure of that attempt"))]) {
    const worker = session();
    const attempt = attemptOf(1, [worker], framesOf("a"));
    const asked = attempt.ask(worker, { type: "probe", source: new Blob([]) });
    attempt.end();
    settle(worker);
    await assert.rejects(asked, AttemptEnded);
    await assert.rejects(attempt.ask(worker, { type: "probe", source: new Blob([]) }), AttemptEnded);
    assert.equal(worker.sent.length, 1);
  }
});

test("every request and every opening of sessions carries the number of its attempt", () => {
  const worker = session();
  const attempt = attemptOf(7, [worker], framesOf("a", "b"));
  attempt.open(OPTIONS);
  void attempt.analyze(worker, 1, [0]);
  assert.deepEqual(
    worker.sent.map(({ type, attempt }) => [type, attempt]),
    [
      ["open", 7],
      ["analyze", 7],
    ],
  );
});

test("the next attempt keeps what was analyzed in front of the first frame that differs", () => {
  const worker = session();
  const frames = framesOf("a", "b", "c", "d");
  const attempt = attemptOf(1, [worker], frames);
  attempt.open(OPTIONS);
  for (const index of [0, 1, 3]) attempt.keep(index, worker, Uint8Array.of(index));
  const without = (index) => frames.filter((_, i) => i !== index);
  const kept = (next) => [next.stats.map(([index]) => index), next.pending];
  assert.deepEqual(kept(attempt.withFrames(2, without(3))), [[0, 1], 1]);
  assert.deepEqual(kept(attempt.withFrames(3, without(1))), [[0], 2]);
  assert.deepEqual(kept(attempt.withFrames(4, without(0))), [[], 3]);
  assert.equal(attempt.withFrames(5, frames).wasmOptions, OPTIONS);
});

test("a worker that has heard of a later attempt drops what is queued of earlier ones", async () => {
  const replies = [];
  const host = new WorkerRequestHandler(new FakeWorld().instantiate, (reply) => replies.push(reply));
  const analyze = (id, attempt, index) => {
    const frame = { id: index, index };
    host.handle({ session: 1, id, attempt, type: "analyze", frame, context: index > 0 ? [{ id: 0, index: 0 }] : [] });
  };
  host.handle({ session: 1, id: 0, attempt: 0, type: "start", wasm: new Uint8Array() });
  for (const { id, source } of framesOf("a", "b")) host.handle({ session: 1, type: "read", frame: id, source });
  host.handle({ session: 1, type: "open", attempt: 1, options: OPTIONS });
  analyze(1, 1, 0);
  analyze(2, 1, 1);
  analyze(3, 2, 0);
  while (replies.length < 4) await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(
    replies.map(({ id, type }) => [id, type]),
    [
      [0, "started"],
      [1, "stale"],
      [2, "stale"],
      [3, "analyzed"],
    ],
  );
});

test("sizes of many screenshots are asked for a few in a task, so that a page answers in between", async () => {
  let asked = 0;
  const ask = async () => {
    asked++;
    return { width: 8, height: 8 };
  };
  const frames = framesOf(...Array.from({ length: 100 }, (_, i) => `shot ${i}`));
  const attempt = attemptOf(1, [{ ask }], frames);
  const byTask = [];
  globalThis.scheduler = { yield: async () => byTask.push(asked) };
  try {
    assert.deepEqual(await probeSizes(attempt, frames), []);
  } finally {
    delete globalThis.scheduler;
  }
  assert.deepEqual(byTask, [16, 32, 48, 64, 80, 96]);
  assert.ok(frames.every(({ size }) => size?.width === 8));
});

test("the file is copied together in tasks of a quarter of a megabyte, with the same bytes", async () => {
  const blocks = Array.from({ length: 40 }, (_, i) => new Uint8Array(30_000).fill(i));
  const plan = { header: new Uint8Array([1, 2]), trailer: new Uint8Array([3]) };
  let tasks = 0;
  globalThis.scheduler = { yield: async () => void tasks++ };
  let blob;
  try {
    blob = await toBlob({ plan, blocks });
  } finally {
    delete globalThis.scheduler;
  }
  assert.equal(tasks, 4);
  assert.equal(blob.type, "image/gif");
  const expected = Buffer.concat([plan.header, ...blocks, plan.trailer]);
  assert.ok(Buffer.from(await blob.arrayBuffer()).equals(expected));
});
