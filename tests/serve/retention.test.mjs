// What is kept for how long, and what is never touched.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createTaskServer, FileStore } from "../../dist/serve/index.node.js";
import { bytesOf, folderOf } from "../node/support/fixtures.mjs";
import { scratch } from "./support/server.mjs";

const SHOTS = bytesOf("shop").slice(0, 2);
const DAY_MS = 86_400_000;

/** A server in this process: `ask(path, init)` gives status and body. */
function open(folder, options) {
  const server = createTaskServer({ store: new FileStore(folder), ...options });
  const ask = async (path, init) => {
    const response = await server.fetch(new Request(`http://localhost${path}`, init));
    return { status: response.status, body: await response.json().catch(() => undefined) };
  };
  return { server, ask };
}

/** Lets a task have ended so many days ago. */
function age(folder, id, days) {
  const path = join(folder, id, "task.json");
  const record = JSON.parse(readFileSync(path, "utf8"));
  const then = new Date(Date.now() - days * DAY_MS).toISOString();
  writeFileSync(path, JSON.stringify({ ...record, created_at: then, finished_at: record.finished_at && then }));
}

async function upload(ask, finish = true) {
  const { id } = (await ask("/api/v1/task", { method: "POST", body: JSON.stringify({ task: "x" }) })).body;
  for (const body of SHOTS) await ask(`/api/v1/task/${id}/screenshot`, { method: "POST", body });
  if (finish) await ask(`/api/v1/task/${id}/finish`, { method: "POST" });
  return id;
}

test("media are kept 30 days; then they are removed and answer 410", async (t) => {
  const folder = scratch(t);
  const { server, ask } = open(folder);
  const [young, old, abandoned] = [await upload(ask), await upload(ask), await upload(ask, false)];
  await server.sweep();
  const media = (id) => [`/gifs/${id}/execution.gif`, `/screenshots/${id}/step_1.png`];
  age(folder, young, 29);
  age(folder, old, 31);
  age(folder, abandoned, 31);
  await server.sweep();
  for (const path of media(young)) assert.equal((await ask(path)).status, 200, path);
  for (const id of [old, abandoned]) {
    for (const path of media(id)) assert.equal((await ask(path)).status, 410, path);
    assert.deepEqual((await ask(`/api/v1/task/${id}/gif`)).body, { gif: null });
    assert.equal((await ask(`/api/v1/task/${id}/gif`, { method: "POST", body: "{}" })).status, 410);
    assert.deepEqual(
      readdirSync(join(folder, id)).filter((name) => name.endsWith(".png")),
      [],
    );
    assert.deepEqual(readdirSync(join(folder, id, "gif")), ["state.json"]);
  }
  assert.equal((await ask(`/api/v1/task/${old}`)).body.status, "finished");
  // Once more changes nothing.
  await server.sweep();
  assert.deepEqual(readdirSync(join(folder, old, "gif")), ["state.json"]);
});

test("between two sweeps what is too old is not given out either", async (t) => {
  const folder = scratch(t);
  const { server, ask } = open(folder);
  const id = await upload(ask);
  await server.sweep();
  age(folder, id, 31);
  assert.equal((await ask(`/gifs/${id}/execution.gif`)).status, 410);
  assert.deepEqual((await ask(`/api/v1/task/${id}/gif`)).body, { gif: null });
});

test("what somebody put there by hand never expires: it is shown and gets its GIF, however old", async (t) => {
  const folder = scratch(t);
  mkdirSync(join(folder, "mine"));
  cpSync(folderOf("shop"), join(folder, "mine"), { recursive: true });
  const record = { task: "x", status: "finished", finished_at: "2001-01-01T00:00:00Z" };
  writeFileSync(join(folder, "mine", "task.json"), JSON.stringify(record));
  const before = readdirSync(join(folder, "mine"));
  const { server, ask } = open(folder, { keepDays: 1 });
  await server.sweep();
  await server.sweep();
  assert.deepEqual(readdirSync(join(folder, "mine")), before);
  assert.equal((await ask("/screenshots/mine/step_1.png")).status, 200);
  assert.equal((await ask("/gifs/mine/execution.gif")).status, 200);
  assert.equal((await ask("/api/v1/task/mine/gif", { method: "POST", body: '{"scale": 0.5}' })).status, 202);
  const uploaded = await upload(ask);
  age(folder, uploaded, 400);
  const forever = open(folder, { keepDays: Number.POSITIVE_INFINITY });
  await forever.server.sweep();
  for (const id of ["mine", uploaded]) assert.equal((await forever.ask(`/gifs/${id}/execution.gif`)).status, 200, id);
});
