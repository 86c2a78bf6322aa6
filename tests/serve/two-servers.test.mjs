// Many servers on one store: each GIF is made once, and what one leaves unfinished another finishes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TaskGifError } from "../../dist/index.node.js";
import { createTaskServer, FileStore } from "../../dist/serve/index.node.js";
import { bytesOf } from "../node/support/fixtures.mjs";
import { CREDENTIALS, motoS3, ownS3, pythonWithMoto, VARIABLES } from "./support/s3.mjs";
import { call, gifUrl, postTask, scratch, serveFor } from "./support/server.mjs";

const SHOTS = bytesOf("shop").slice(0, 4);
const TASKS = 6;
const python = pythonWithMoto();

/** Two servers where `place` says; tasks are posted to both, and each asked at the other. */
async function assertMadeOnce(t, place, args, options) {
  const servers = [await serveFor(t, place, args, options), await serveFor(t, place, args, options)];
  const ids = await Promise.all(Array.from({ length: TASKS }, (_, i) => postTask(servers[i % 2].api, SHOTS)));
  const gifs = [];
  for (const [i, id] of ids.entries()) {
    const url = await gifUrl(servers[(i + 1) % 2].api, id);
    gifs.push(Buffer.from(await (await fetch(url)).arrayBuffer()));
  }
  for (const gif of gifs) assert.deepEqual(gif, gifs[0]);
  const made = servers
    .flatMap(({ events }) => events.filter(({ event }) => event === "gif_ready"))
    .map(({ task }) => task);
  assert.deepEqual(made.sort(), ids.sort());
  assert.deepEqual(
    servers.flatMap(({ events }) => events.filter(({ event }) => event.endsWith("error"))),
    [],
  );
}

test("two servers on one folder make each GIF once", (t) => assertMadeOnce(t, scratch(t), []));

test("two servers on one S3 store make each GIF once", async (t) => {
  const { endpoint, close } = await ownS3();
  t.after(close);
  await assertMadeOnce(t, "s3://tasks/live", ["--s3-endpoint", endpoint], { env: VARIABLES });
});

test("two servers on moto's S3 make each GIF once", {
  skip: !python && "moto's server is not installed",
}, async (t) => {
  const { endpoint, close } = await motoS3(python);
  t.after(close);
  await assertMadeOnce(t, "s3://tasks/live", ["--s3-endpoint", endpoint], { env: VARIABLES });
});

test("credentials of the store are in no answer and in no log", async (t) => {
  const { endpoint, close } = await ownS3();
  const server = await serveFor(t, "s3://tasks", ["--s3-endpoint", endpoint], { env: VARIABLES });
  await postTask(server.api, SHOTS.slice(0, 1));
  close();
  const { status, body } = await call(`${server.api}/task/none`);
  assert.deepEqual([status, body], [500, { detail: "Internal Server Error" }]);
  assert.doesNotMatch(JSON.stringify(server.events), new RegExp(CREDENTIALS.secretAccessKey));
});

test("what a server that is gone had begun, another makes when the lease has run out, and not before", async (t) => {
  const store = new FileStore(scratch(t));
  let made = 0;
  const assemble = async () => {
    made++;
    return { blob: new Blob(["GIF89a"]) };
  };
  const server = createTaskServer({ store, assemble });
  const ask = (path, init) => server.fetch(new Request(`http://localhost/api/v1${path}`, init));
  const lease = (until) => store.write(".task-gif/gifs/a/lease-0.json", bytes({ owner: "gone", until }));
  await store.write("a/00.png", SHOTS[0]);
  await store.write("a/01.png", SHOTS[1]);
  await lease(Date.now() + 60_000);
  await store.write("a/task.json", bytes({ task: "x", status: "finished" }));
  await server.sweep();
  assert.deepEqual([made, await (await ask("/task/a/gif")).json()], [0, { gif: null }]);
  await lease(Date.now() - 1);
  await server.sweep();
  await server.sweep();
  assert.equal(made, 1);
  assert.deepEqual(await (await ask("/task/a/gif")).json(), { gif: "http://localhost/gifs/a/execution.gif" });
  assert.deepEqual((await store.list(".task-gif/gifs/a")).sort(), ["execution.gif", "state.json"]);
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
  const server = createTaskServer({ store, assemble, leaseMs: 3000 });
  for (const name of ["00.png", "01.png"]) await store.write(`a/${name}`, SHOTS[0]);
  await store.write("a/task.json", bytes({ task: "x", status: "finished" }));
  const gif = async () => {
    await server.sweep();
    const answer = await server.fetch(new Request("http://localhost/api/v1/task/a/gif"));
    return (await answer.json()).gif;
  };
  assert.equal(await gif(), null);
  // The lease is left to run out, twice as long as before.
  assert.equal(await gif(), null);
  assert.equal(tries, 1);
  code = undefined;
  await new Promise((next) => setTimeout(next, 3100));
  assert.equal(await gif(), "http://localhost/gifs/a/execution.gif");
  assert.equal(tries, 2);
  assert.deepEqual((await store.list(".task-gif/gifs/a")).sort(), ["execution.gif", "state.json"]);

  code = "TOO_FEW_SCREENSHOTS";
  await server.fetch(new Request("http://localhost/api/v1/task/a/gif", { method: "POST" }));
  for (let i = 0; i < 3; i++) assert.equal(await gif(), null);
  assert.equal(tries, 3);
});

const bytes = (value) => new TextEncoder().encode(JSON.stringify(value));
