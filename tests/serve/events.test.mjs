// The event stream of a task: what it says, when, and how it ends.
import assert from "node:assert/strict";
import { cpSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { run } from "../cli/support/cli.mjs";
import { bytesOf, folderOf } from "../node/support/fixtures.mjs";
import { readTaskEvents } from "./support/events.mjs";
import { call, postTask, scratch, serveFor } from "./support/server.mjs";

const SHOTS = bytesOf("shop").slice(0, 4);
const kindsOf = (events) => events.map(({ event, data }) => [event, data.status ?? data.step ?? typeof data.gif]);
const post = (api, id, body, step) =>
  call(`${api}/task/${id}/screenshot?step=${step}&next_goal=Goal+${step}`, { method: "POST", body });

/** Waits until a task that was put into the folder is there. */
async function listed(api, id) {
  for (let i = 0; i < 100; i++) {
    if ((await call(`${api}/task/${id}`)).status === 200) return;
    await pause(100);
  }
  throw new Error(`${id} is not listed`);
}

test("a stream begins with all that is there, tells what comes, and ends after the GIF", async (t) => {
  const { api, url } = await serveFor(t, scratch(t));
  const id = await postTask(api, SHOTS.slice(0, 2), { task: "Buy a kettle", finish: false });
  const stream = await readTaskEvents(api, id);
  t.after(() => stream.close());
  assert.equal(stream.headers.get("content-type"), "text/event-stream");
  assert.match(stream.headers.get("cache-control"), /no-store/);
  await stream.until((events) => events.length === 3);
  assert.deepEqual(kindsOf(stream.events), [
    ["task", "running"],
    ["step", 1],
    ["step", 2],
  ]);
  assert.equal(stream.events[0].data.task, "Buy a kettle");
  const { id: stepId, ...step } = stream.events[2].data;
  assert.equal(typeof stepId, "string");
  assert.deepEqual(step, {
    step: 2,
    evaluation_previous_goal: null,
    next_goal: "Goal 2",
    url: "https://a.example/",
    screenshot: `${url}/screenshots/${id}/step_2.png`,
  });
  await post(api, id, SHOTS[2], 3);
  await stream.until((events) => events.length === 4);
  await call(`${api}/task/${id}/finish`, { method: "POST", json: { output: "Done" } });
  await stream.ended;
  assert.deepEqual(kindsOf(stream.events.slice(3)), [
    ["step", 3],
    ["task", "finished"],
    ["gif", "string"],
  ]);
  assert.equal(stream.events.at(-1).data.gif, `${url}/gifs/${id}/execution.gif`);
  // A task that is over is told at once, its end last.
  const late = await readTaskEvents(api, id);
  await late.ended;
  assert.deepEqual(kindsOf(late.events), [
    ["step", 1],
    ["step", 2],
    ["step", 3],
    ["task", "finished"],
    ["gif", "string"],
  ]);
});

test("a task with too few screenshots ends without a GIF, one without any says so", async (t) => {
  const { api } = await serveFor(t, scratch(t));
  const id = await postTask(api, []);
  const stream = await readTaskEvents(api, id);
  await stream.ended;
  assert.deepEqual(stream.events.map(({ event, data }) => [event, data.gif]).at(-1), ["gif", null]);
});

test("what another server on the store takes in is noticed, and a server that stops ends its streams", async (t) => {
  const folder = scratch(t);
  const [here, there] = [await serveFor(t, folder), await serveFor(t, folder)];
  const id = await postTask(there.api, SHOTS.slice(0, 1), { finish: false });
  const stream = await readTaskEvents(here.api, id);
  await stream.until((events) => events.length === 2);
  await post(there.api, id, SHOTS[1], 2);
  await stream.until((events) => events.length === 3);
  assert.deepEqual(await here.stop(), { code: 0, signal: null });
  await stream.ended;
});

test("a stream whose words are no longer so ends, and the next one has the truth", async (t) => {
  const folder = scratch(t);
  const { api } = await serveFor(t, folder);
  const id = await postTask(api, SHOTS.slice(0, 2), { finish: false });
  const stream = await readTaskEvents(api, id);
  await stream.until((events) => events.length === 3);
  rmSync(join(folder, id, "step_2.png"));
  await stream.ended;
  assert.deepEqual(kindsOf(stream.events).length, 3);
});

test("records that people put there have events too", async (t) => {
  const folder = scratch(t);
  const { api } = await serveFor(t, folder);
  const record = { id: "by-hand", task: "A record", status: "running", steps: [{ number: 1, screenshot: "00.png" }] };
  // Made elsewhere and moved: a server that looks in between would find a folder without its record.
  const made = join(scratch(t), "by-hand");
  cpSync(folderOf("shop"), made, { recursive: true });
  writeFileSync(join(made, "task.json"), JSON.stringify(record));
  renameSync(made, join(folder, "by-hand"));
  await listed(api, "by-hand");
  const stream = await readTaskEvents(api, "by-hand");
  t.after(() => stream.close());
  await stream.until((events) => events.length === 2);
  assert.deepEqual(kindsOf(stream.events), [
    ["task", "running"],
    ["step", 1],
  ]);
});

test("without its key there is no stream, and the key is in no address", async (t) => {
  const folder = scratch(t);
  const key = (await run(["serve", folder, "--new-key", "test"])).stdout.toString().trim();
  const { api, events } = await serveFor(t, folder);
  const headers = { authorization: `Bearer ${key}` };
  const { id } = (await call(`${api}/task`, { method: "POST", json: { task: "x" }, headers })).body;
  assert.equal((await call(`${api}/task/${id}/events`)).status, 401);
  assert.equal((await call(`${api}/task/${id}/events?authorization=${key}`)).status, 401);
  const stream = await readTaskEvents(api, id, { headers });
  await stream.until((told) => told.length === 1);
  await stream.close();
  assert.ok(!JSON.stringify(events).includes(key));
});

test("a list that has not changed is not sent again", async (t) => {
  const { api } = await serveFor(t, scratch(t));
  const id = await postTask(api, SHOTS.slice(0, 2), { finish: false });
  const first = await call(`${api}/tasks`);
  const etag = first.headers.get("etag");
  assert.equal((await call(`${api}/tasks`, { headers: { "if-none-match": etag } })).status, 304);
  await post(api, id, SHOTS[2], 3);
  const second = await call(`${api}/tasks`, { headers: { "if-none-match": etag } });
  assert.equal(second.status, 200);
  assert.notEqual(second.headers.get("etag"), etag);
});
