import assert from "node:assert/strict";
import { test } from "node:test";
import { importSource } from "./support/source.mjs";

const {
  "workers/pool": { Pool },
  "workers/worker-lost-error": { WorkerLostError },
  "task-gif-error": { TaskGifError },
} = await importSource("workers/pool", "workers/worker-lost-error", "task-gif-error");

const tick = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A worker that answers each request by `answer(message)`, or not at all. */
function scripted({ kind = "module", answer = () => undefined, log = [], events: given } = {}) {
  return (events) => {
    given?.(events);
    log.push("start");
    return {
      kind,
      post: (message) => {
        log.push(message.type);
        if (message.id === undefined) return;
        const reply = message.type === "start" ? { type: "started" } : answer(message);
        if (reply) queueMicrotask(() => events.message({ id: message.id, memoryBytes: 10, ...reply }));
      },
      terminate: () => log.push("terminate"),
      hold: (isBusy) => log.push(isBusy ? "hold" : "release"),
    };
  };
}

const sized = () => ({ type: "size", width: 1, height: 2 });
const probe = { type: "probe", source: new Blob([]) };
const make = (factories, rest = {}) => new Pool({ factories, wasm: async () => "module", idleMs: 10_000, ...rest });

test("sessions go to different workers, the least used first, and no more workers start than are needed", () => {
  const pool = make([scripted()]);
  const first = pool.sessions(2);
  const second = pool.sessions(3);
  assert.equal(pool.size, 3);
  assert.equal(new Set(second.map((session) => session.worker)).size, 3);
  for (const session of first) session.close();
  const third = pool.sessions(2);
  assert.equal(pool.size, 3);
  assert.notEqual(third[0].worker, third[1].worker);
  pool.close();
});

test("a worker is told to hold the process only while something is asked of it", async () => {
  const log = [];
  const pool = make([scripted({ answer: sized, log })]);
  const [session] = pool.sessions(1);
  assert.deepEqual(await session.ask(probe), { id: 1, memoryBytes: 10, type: "size", width: 1, height: 2 });
  await tick();
  assert.equal(log.filter((entry) => /hold|release/.test(entry)).at(-1), "release");
  assert.ok(log.includes("hold"));
  assert.equal(session.memoryBytes, 10);
  pool.close();
});

test("workers that nobody uses stop after a while, and come back", async () => {
  const log = [];
  const pool = make([scripted({ answer: sized, log })], { idleMs: 20 });
  const [session] = pool.sessions(1);
  await session.ask(probe);
  await new Promise((resolve) => setTimeout(resolve, 40));
  assert.equal(pool.size, 1);
  session.close();
  for (let i = 0; i < 100 && pool.size > 0; i++) await tick();
  assert.equal(pool.size, 0);
  assert.equal(log.at(-1), "terminate");
  const [again] = pool.sessions(1);
  await again.ask(probe);
  pool.close();
});

test("when one kind of worker does not start, the next is tried, and remembered", async () => {
  const log = [];
  const throwing = () => {
    log.push("throwing");
    throw new Error("refused by policy");
  };
  const failing = (events) => {
    log.push("failing");
    setTimeout(() => events.error("not found"), 1);
    return { kind: "blob", post: () => {}, terminate: () => log.push("failing stopped"), hold: () => {} };
  };
  const pool = make([throwing, failing, scripted({ kind: "main", answer: sized })]);
  const [session] = pool.sessions(1);
  await session.ask(probe);
  assert.equal(session.kind, "main");
  assert.deepEqual(log, ["throwing", "failing", "failing stopped"]);
  const [, other] = pool.sessions(2);
  await other.ask(probe);
  assert.equal(log.length, 3);
  pool.close();
});

test("when no kind of worker starts, the error says why each failed", async () => {
  const failing = (message) => () => {
    throw new Error(message);
  };
  const pool = make([failing("no module workers"), failing("no blobs")]);
  await assert.rejects(pool.sessions(1)[0].ask(probe), {
    name: "TaskGifError",
    code: "WORKER_FAILED",
    message: "no kind of worker could be started: no module workers; no blobs",
  });
  assert.equal(pool.size, 0);
});

test("a failure to load the wasm is passed on, and the next attempt starts afresh", async () => {
  let isDown = true;
  const wasm = async () => {
    if (isDown) throw new TaskGifError("WASM_NOT_FOUND", "not there");
    return "module";
  };
  const pool = make([scripted({ answer: sized })], { wasm });
  await assert.rejects(pool.sessions(1)[0].ask(probe), { code: "WASM_NOT_FOUND" });
  isDown = false;
  await pool.sessions(1)[0].ask(probe);
  pool.close();
});

test("where a module cannot be posted, its bytes are", async () => {
  const asked = [];
  const wasm = async (asBytes) => {
    asked.push(asBytes);
    return asBytes ? new Uint8Array(1) : "module";
  };
  const refusing = (way) => (events) => ({
    kind: "module",
    post: (message) => {
      if (message.wasm === "module") {
        if (way === "throws") throw new DOMException("cannot be cloned", "DataCloneError");
        return queueMicrotask(() => events.message({ id: 0, memoryBytes: 0, type: "stale" }));
      }
      const reply = message.type === "start" ? { type: "started" } : sized();
      if (message.id !== undefined) queueMicrotask(() => events.message({ id: message.id, memoryBytes: 0, ...reply }));
    },
    terminate: () => {},
    hold: () => {},
  });
  for (const way of ["throws", "is lost"]) {
    const pool = make([refusing(way)], { wasm });
    await pool.sessions(1)[0].ask(probe);
    pool.close();
  }
  assert.deepEqual(asked, [false, true, false, true]);
});

test("a trap fails the session it was for as crashed and the others of that worker as lost", async () => {
  const answer = (message) => (message.session === 2 ? { type: "crash", message: "unreachable", index: 4 } : undefined);
  const pool = make([scripted({ answer })]);
  const [bystander] = pool.sessions(1);
  const [culprit] = pool.sessions(1);
  const results = await Promise.allSettled([bystander.ask(probe), culprit.ask(probe)]);
  for (const { reason } of results) assert.ok(reason instanceof WorkerLostError);
  assert.deepEqual(
    results.map(({ reason }) => [reason.crashed, reason.message, reason.index]),
    [
      [false, "unreachable", undefined],
      [true, "unreachable", 4],
    ],
  );
  assert.ok(bystander.lost && culprit.lost);
  assert.equal(pool.size, 0);
});

test("a worker that dies without a word fails what it was doing", async () => {
  let events;
  const pool = make([scripted({ events: (given) => (events = given) })]);
  const [session] = pool.sessions(1);
  const asked = session.ask(probe);
  await tick();
  events.error("out of memory");
  await assert.rejects(
    asked,
    (error) => error instanceof WorkerLostError && error.crashed && error.message === "out of memory",
  );
});

test("a typed error is passed on as one", async () => {
  const error = { code: "DECODE_FAILED", message: "damaged", frame: 3 };
  const pool = make([scripted({ answer: () => ({ type: "error", error }) })]);
  await assert.rejects(pool.sessions(1)[0].ask(probe), { name: "TaskGifError", ...error });
  pool.close();
});

test("closing a busy session stops its worker and starts another, unless others share it", async () => {
  const log = [];
  const pool = make([scripted({ log })]);
  const [shared] = pool.sessions(1);
  const [other] = pool.sessions(1);
  const asked = [shared.ask(probe), other.ask(probe)];
  await tick();
  shared.close();
  assert.ok(!log.includes("terminate"));
  other.close();
  assert.ok(log.includes("terminate"));
  assert.equal(pool.size, 1);
  assert.deepEqual(
    (await Promise.allSettled(asked)).map(({ reason }) => reason instanceof WorkerLostError),
    [true, true],
  );
  await assert.rejects(other.ask(probe), WorkerLostError);
  pool.close();
});
