// What every queue promises, whatever keeps it; and what Redis adds: many processes, which come and go.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { TaskGifError } from "../../dist/index.node.js";
import { createTaskServer, createTaskWorker, FileStore, openQueue } from "../../dist/serve/index.node.js";
import { bytesOf } from "../node/support/fixtures.mjs";
import { importSource } from "../node/support/source.mjs";
import { redisFor, withoutRedis } from "./support/redis.mjs";
import { call, gifUrl, postTask, scratch, serveFor, until, work, workFor } from "./support/server.mjs";

const IN_PROCESS = "../serve/queue/in-process-queue";
const { InProcessQueue } = (await importSource(IN_PROCESS))[IN_PROCESS];
const SHOTS = bytesOf("shop").slice(0, 4);
const FORMAT = 1;
const job = (task) => ({ format: FORMAT, task });

const QUEUES = {
  "the in-process queue": { open: async () => [new InProcessQueue()] },
  "a queue in Redis": {
    skip: withoutRedis,
    // One that adds, and one that runs, as in two processes.
    open: async (t) => {
      const { url } = await redisFor(t);
      return [await openQueue(url), await openQueue(url)];
    },
  },
};

/** A queue to add to, with what runs its jobs. */
async function openFor(t, open) {
  const queues = await open(t);
  t.after(() => Promise.all(queues.map((queue) => queue.close())));
  const [queue] = queues;
  return { queue, runner: queues.at(-1) };
}

for (const [name, { open, skip }] of Object.entries(QUEUES)) {
  test(`${name} runs a task's jobs one after another, and not more often than they were added`, { skip }, async (t) => {
    const { queue, runner } = await openFor(t, open);
    const running = new Set();
    const ran = [];
    let release;
    const run = async ({ task }) => {
      assert.ok(!running.has(task), `${task} runs already`);
      running.add(task);
      ran.push(task);
      if (task === "slow") await new Promise((done) => (release = done));
      running.delete(task);
    };
    await queue.add([job("slow"), job("slow"), job("quick")], "background");
    runner.work(run, 2);
    await until(() => release !== undefined && ran.includes("quick"));
    for (let i = 0; i < 3; i++) await queue.add([job("slow")], "background");
    await pause(300);
    assert.deepEqual(ran.toSorted(), ["quick", "slow"]);
    const first = release;
    first();
    await until(() => release !== first);
    release();
    await until(async () => (await queue.counts()).active === 0);
    await pause(300);
    assert.deepEqual(ran.toSorted(), ["quick", "slow", "slow"]);
  });

  test(`${name} runs what a person asked for before the rest, be it that it waits already`, { skip }, async (t) => {
    const { queue, runner } = await openFor(t, open);
    const ran = [];
    await queue.add(["a", "b", "c"].map(job), "background");
    await queue.add([job("c")], "person");
    await queue.add([job("d")], "person");
    const { waiting, active, oldestMs } = await queue.counts();
    assert.deepEqual([waiting, active], [4, 0]);
    assert.ok(oldestMs >= 0 && oldestMs < 30_000, `${oldestMs} ms`);
    runner.work(async ({ task }) => void ran.push(task), 1);
    await until(() => ran.length === 4);
    assert.deepEqual(ran, ["c", "d", "a", "b"]);
    await until(async () => (await queue.counts()).active === 0);
    assert.deepEqual(await queue.counts(), { waiting: 0, active: 0, delayed: 0, failed: 0, oldestMs: 0 });
  });

  test(`${name} tries again later what was rejected, and keeps what never can be done apart`, { skip }, async (t) => {
    const { queue, runner } = await openFor(t, open);
    const tries = { passing: 0, hopeless: 0 };
    runner.work(async ({ task }) => {
      tries[task]++;
      if (task === "hopeless") return { code: "LIMIT_EXCEEDED", message: "too large" };
      if (tries.passing === 1) throw new Error("no memory");
      return undefined;
    }, 1);
    await queue.add([job("passing"), job("hopeless")], "background");
    await until(async () => tries.hopeless === 1 && (await queue.counts()).delayed === 1);
    // It waits for its time, however often it is added meanwhile.
    await queue.add([job("passing")], "background");
    assert.equal(tries.passing, 1);
    await until(async () => tries.passing === 2 && (await queue.counts()).active === 0);
    const { waiting, delayed, failed } = await queue.counts();
    assert.deepEqual([waiting, delayed, failed, tries.hopeless], [0, 0, 1, 1]);
  });

  test(`${name} counts a name in a window of time`, { skip }, async (t) => {
    const { queue, runner } = await openFor(t, open);
    const day = 86_400_000;
    assert.equal(await queue.tally("a", day), 1);
    assert.equal(await runner.tally("a", day), 2);
    assert.equal(await queue.tally("b", day), 1);
    assert.equal(await queue.tally("short", 1), 1);
    await pause(5);
    assert.equal(await queue.tally("short", 1), 1);
  });

  test(`${name} hands back what runs when it is closed`, { skip }, async (t) => {
    const queues = await open(t);
    let reason;
    queues.at(-1).work(
      (_, signal) =>
        new Promise((_, reject) => {
          reason = "none yet";
          signal.addEventListener("abort", () => {
            reason = signal.reason;
            reject(reason);
          });
        }),
      1,
    );
    await queues[0].add([job("a")], "background");
    await until(() => reason === "none yet");
    await queues.at(-1).close();
    assert.equal(reason.name, "AbortError");
    if (queues.length > 1) assert.equal((await queues[0].counts()).waiting, 1);
    await queues[0].close();
  });
}

test("a job of a later format is left to a newer worker", { skip: withoutRedis }, async (t) => {
  const { url } = await redisFor(t);
  const [queue, older] = [await openQueue(url), await openQueue(url)];
  t.after(() => Promise.all([queue.close(), older.close()]));
  const ran = [];
  older.work(async ({ task }) => void ran.push(task), 1);
  await queue.add([{ ...job("later"), format: FORMAT + 1 }, job("now")], "background");
  await until(async () => ran.length > 0 && (await queue.counts()).delayed === 1);
  assert.deepEqual(ran, ["now"]);
  assert.equal((await queue.counts()).failed, 0);
});

test("an address that is none is refused, and never repeated", async () => {
  for (const address of ["http://:secret@host", "host:6379", ""]) {
    await assert.rejects(openQueue(address), ({ message }) => /redis:/.test(message) && !/secret/.test(message));
  }
});

test("asked for again with the same options nothing is made; with others it is", { skip: withoutRedis }, async (t) => {
  const { url } = await redisFor(t);
  const folder = scratch(t);
  const server = await serveFor(t, folder, ["--queue", url]);
  const worker = await workFor(t, folder, url);
  const id = await postTask(server.api, SHOTS);
  await gifUrl(server.api, id);
  const ready = () => worker.events.filter(({ event }) => event === "gif_ready").length;
  const ask = (json) => call(`${server.api}/task/${id}/gif`, { method: "POST", json });
  assert.equal((await ask({ scale: 0.5, delay: 500 })).status, 202);
  await until(() => ready() === 2);
  await ask({ delay: 500, scale: 0.5 });
  await until(async () => (await call(`${server.url}/healthz`)).body.queue.waiting === 0);
  await pause(500);
  assert.equal(ready(), 2);
  await ask({ scale: 0.25 });
  await until(() => ready() === 3);
});

test("a worker that is told to stop hands back what it has begun, and another makes it", {
  skip: withoutRedis,
}, async (t) => {
  const { url } = await redisFor(t);
  const store = new FileStore(scratch(t));
  const [serverQueue, first, second] = [await openQueue(url), await openQueue(url), await openQueue(url)];
  const server = createTaskServer({ store, queue: serverQueue });
  t.after(() => server.stop());
  await put(store, "a");
  let begun = 0;
  const never = (_, { signal }) =>
    new Promise((_, reject) => {
      begun++;
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  const events = [];
  const log = (event) => events.push(event);
  const stopped = createTaskWorker({ store, queue: first, assemble: never, log });
  stopped.start();
  await server.sweep();
  await until(() => begun === 1);
  await stopped.stop();
  const other = createTaskWorker({ store, queue: second, log, assemble: async () => ({ blob: new Blob(["GIF89a"]) }) });
  t.after(() => other.stop());
  other.start();
  await until(() => events.length > 0);
  // What was handed back does not count as an attempt.
  assert.deepEqual(
    events.map(({ event, attempts }) => [event, attempts]),
    [["gif_ready", 1]],
  );
});

test("what a worker that is gone had begun, another makes", { skip: withoutRedis }, async (t) => {
  const { url } = await redisFor(t);
  const folder = scratch(t);
  const server = await serveFor(t, folder, ["--queue", url]);
  const many = Array.from({ length: 40 }, (_, i) => SHOTS[i % SHOTS.length]);
  const id = await postTask(server.api, many, { finish: false });
  const gone = await work(folder, url);
  await call(`${server.api}/task/${id}/finish`, { method: "POST" });
  await until(async () => (await call(`${server.url}/healthz`)).body.queue.active === 1);
  await gone.stop("SIGKILL");
  const made = gone.events.length;
  const worker = await workFor(t, folder, url);
  await gifUrl(server.api, id);
  await until(() => worker.events.length + made > 0);
});

test("while Redis is away uploads are acknowledged, and their GIFs follow", { skip: withoutRedis }, async (t) => {
  const redis = await redisFor(t);
  const folder = scratch(t);
  const server = await serveFor(t, folder, ["--queue", redis.url]);
  const worker = await workFor(t, folder, redis.url);
  const before = await postTask(server.api, SHOTS);
  await gifUrl(server.api, before);
  await redis.stop();
  const id = await postTask(server.api, SHOTS);
  assert.equal((await call(`${server.api}/task/${id}/status`)).body, "finished");
  assert.deepEqual((await call(`${server.url}/healthz`)).body, { status: "ok", queued: null, queue: null });
  assert.match((await call(`${worker.url}/metrics`)).body, /^task_gif_queue_up 0$/m);
  await redis.start();
  await gifUrl(server.api, id);
  await redis.stop();
  for (const service of [worker, server]) assert.deepEqual(await service.stop(), { code: 0, signal: null });
});

test("a key that asks for more than its limit is told to come again", async (t) => {
  const store = new FileStore(scratch(t));
  const server = createTaskServer({ store, keyLimit: 2, assemble: async () => ({ blob: new Blob(["GIF89a"]) }) });
  await put(store, "a");
  const ask = () => server.fetch(new Request("http://localhost/api/v1/task/a/gif", { method: "POST", body: "{}" }));
  const answers = [await ask(), await ask(), await ask()];
  // A minute may have passed between them.
  assert.equal(answers[0].status, 202);
  const refused = answers.find(({ status }) => status === 429) ?? (await Promise.all([ask(), ask(), ask()])).at(-1);
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("retry-after")) >= 1);
});

test("what the machine could not do is tried again later; what the task cannot have is not", async (t) => {
  const store = new FileStore(scratch(t));
  let code = "WORKER_FAILED";
  let tries = 0;
  const assemble = async () => {
    tries++;
    if (code) throw new TaskGifError(code, "no");
    return { blob: new Blob(["GIF89a"]) };
  };
  const server = createTaskServer({ store, assemble });
  await put(store, "a");
  const gif = async () => {
    await server.sweep();
    const answer = await server.fetch(new Request("http://localhost/api/v1/task/a/gif"));
    return (await answer.json()).gif;
  };
  assert.equal(await gif(), null);
  // Its time has not come.
  assert.equal(await gif(), null);
  assert.equal(tries, 1);
  code = undefined;
  await pause(1100);
  assert.equal(await gif(), "http://localhost/gifs/a/execution.gif");
  assert.equal(tries, 2);
  assert.deepEqual((await store.list(".task-gif/gifs/a")).sort(), ["execution.gif", "state.json"]);
  assert.deepEqual(await store.list(".task-gif/pending"), []);

  code = "TOO_FEW_SCREENSHOTS";
  const ask = () => server.fetch(new Request("http://localhost/api/v1/task/a/gif", { method: "POST", body: "{}" }));
  await ask();
  for (let i = 0; i < 3; i++) assert.equal(await gif(), null);
  assert.equal(tries, 3);
  // Asked for once more it is tried once more.
  await ask();
  assert.equal(await gif(), null);
  assert.equal(tries, 4);
});

test("a task at which process after process ends is given up", async (t) => {
  const store = new FileStore(scratch(t));
  const events = [];
  const server = createTaskServer({ store, log: (event) => events.push(event), assemble: assert.fail });
  await put(store, "a");
  await store.write(".task-gif/pending/a.json", bytes({ starts: 20 }));
  await server.sweep();
  assert.deepEqual(
    events.map(({ event, code }) => [event, code]),
    [["gif_failed", "GIVEN_UP"]],
  );
  assert.deepEqual(await store.list(".task-gif/pending"), []);
});

test("an upload that begins while folders are looked at is no record", async (t) => {
  const files = new FileStore(scratch(t));
  let isHidden = true;
  // The folder is there a moment before the file in it.
  const read = (key, choose) => (isHidden && key === "young/task.json" ? undefined : files.read(key, choose));
  const store = {
    read: async (key, choose) => read(key, choose),
    write: (...args) => files.write(...args),
    async list(folder) {
      if (folder === "young") isHidden = false;
      return files.list(folder);
    },
  };
  await files.write("young/task.json", bytes({ id: "young", task: "x", status: "running", uploaded: true }));
  await files.write("young/step_1.png", SHOTS[0]);
  const server = createTaskServer({ store });
  await server.fetch(new Request("http://localhost/api/v1/tasks"));
  assert.equal(isHidden, false);
  const ask = (path, body) => server.fetch(new Request(`http://localhost/api/v1${path}`, { method: "POST", body }));
  assert.equal((await ask("/task/young/screenshot", SHOTS[1])).status, 200);
});

/** A record of two screenshots in a store. */
async function put(store, name) {
  for (const file of ["00.png", "01.png"]) await store.write(`${name}/${file}`, SHOTS[0]);
  await store.write(`${name}/task.json`, bytes({ task: "x", status: "finished" }));
}

const bytes = (value) => new TextEncoder().encode(JSON.stringify(value));
