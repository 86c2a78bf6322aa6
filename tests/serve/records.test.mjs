// Records of any tool that somebody put into the folder: shown as executions, with their GIFs, as `make` makes them.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assembleGif } from "../../dist/index.node.js";
import { readRuns } from "../../dist/runs/index.node.js";
import { createTaskServer, FileStore, S3Store } from "../../dist/serve/index.node.js";
import { bytesOf, folderOf } from "../node/support/fixtures.mjs";
import { zipOf } from "../runs/support/records.mjs";
import { CREDENTIALS, ownS3 } from "./support/s3.mjs";
import { scratch, serveFor } from "./support/server.mjs";

const SHOTS = bytesOf("shop").slice(0, 3);
const BASE64 = SHOTS.map((shot) => Buffer.from(shot).toString("base64"));

/** A server in this process on a store, with what it logs. */
function open(store, options) {
  const events = [];
  const server = createTaskServer({ store, log: (event) => events.push(event), ...options });
  const ask = async (path, init) => {
    const response = await server.fetch(new Request(new URL(path, "http://localhost"), init));
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      body: isJson ? await response.json() : Buffer.from(await response.arrayBuffer()),
    };
  };
  const told = (task) =>
    events.filter((event) => event.event !== "request" && [event.task, event.record].includes(task));
  return { server, events, ask, told, tasks: async () => (await ask("/api/v1/tasks?limit=100")).body.tasks };
}

/** Writes files into a folder: texts and bytes as they are, anything else as JSON. */
function put(folder, files) {
  for (const [path, value] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    const isRaw = typeof value === "string" || value instanceof Uint8Array;
    writeFileSync(join(folder, path), isRaw ? value : JSON.stringify(value));
  }
}

const zip = async (files) => new Uint8Array(await zipOf(Object.entries(files)).arrayBuffer());
const steps = (pictures) =>
  pictures.map((screenshot, i) => ({
    number: i + 1,
    next_goal: `Goal ${i + 1}`,
    url: "https://a.example/",
    screenshot,
  }));
const task = (pictures, more) => ({ task: "Buy a kettle", status: "finished", steps: steps(pictures), ...more });
const history = (pictures) => ({
  history: pictures.map((screenshot, i) => ({
    model_output: { current_state: { next_goal: `Goal ${i + 1}` } },
    result: [{ is_done: i === pictures.length - 1 }],
    state: { url: "https://a.example/", screenshot },
    metadata: { step_number: i + 1 },
  })),
});

/** The bytes that the library makes of the only run of a record. */
async function expectedGif(path) {
  const [run] = await readRuns(path);
  return Buffer.from(await (await assembleGif(run.screenshots, { onBadFrame: "skip" })).blob.arrayBuffer());
}

test("every kind of record becomes an execution with its steps, its screenshots and the GIF that make makes", async (t) => {
  const folder = scratch(t);
  put(folder, {
    "subfolder/task.json": task(["shots/1.png", "shots/2.png", "shots/3.png"]),
    "subfolder/shots/1.png": SHOTS[0],
    "subfolder/shots/2.png": SHOTS[1],
    "subfolder/shots/3.png": SHOTS[2],
    "inline/task.json": task(BASE64),
    "moved/run.json": history(SHOTS.map((_, i) => `/home/someone/else/pictures/${i}.png`)),
    "moved/pictures/0.png": SHOTS[0],
    "moved/pictures/1.png": SHOTS[1],
    "moved/pictures/2.png": SHOTS[2],
    "pictures/login.png": SHOTS[0],
    "pictures/login (1).png": SHOTS[1],
    "pictures/login (2).png": SHOTS[2],
    "history.json": history(BASE64),
    "packed.zip": await zip({
      "history.json": JSON.stringify(history(["0.png", "1.png", "2.png"])),
      "0.png": SHOTS[0],
      "1.png": SHOTS[1],
      "2.png": SHOTS[2],
    }),
  });
  const places = {
    subfolder: "subfolder",
    inline: "inline",
    moved: "moved",
    pictures: "pictures",
    "history-json": "history.json",
    "packed-zip": "packed.zip",
  };
  const before = readdirSync(folder, { recursive: true }).length;
  const { server, ask, tasks, events } = open(new FileStore(folder));
  await server.sweep();
  const shown = await tasks();
  assert.deepEqual(shown.map(({ id }) => id).sort(), Object.keys(places).sort());
  for (const { id, status, screenshots, steps } of shown) {
    assert.equal(status, "finished", id);
    assert.deepEqual(
      steps.map(({ step }) => step),
      [1, 2, 3],
      id,
    );
    if (id !== "pictures")
      assert.deepEqual(
        steps.map(({ next_goal }) => next_goal),
        ["Goal 1", "Goal 2", "Goal 3"],
        id,
      );
    for (const [i, address] of screenshots.entries()) {
      assert.match(address, new RegExp(`/screenshots/${id}/step_${i + 1}\\.png$`));
      const { status, type, body } = await ask(address);
      assert.deepEqual([status, type], [200, "image/png"], address);
      assert.deepEqual(body, Buffer.from(SHOTS[i]), address);
    }
    const { gif } = (await ask(`/api/v1/task/${id}/gif`)).body;
    assert.ok(gif, `${id} has no GIF`);
    assert.deepEqual((await ask(gif)).body, await expectedGif(join(folder, places[id])), id);
  }
  assert.deepEqual(
    events.filter(({ event }) => /skipped|failed|error/.test(event)),
    [],
  );
  // What people put there is left as it is; the server's own files are hidden.
  assert.equal(readdirSync(folder, { recursive: true }).filter((path) => !path.startsWith(".task-gif")).length, before);
});

test("a record with several runs is as many executions, each with its own GIF", async (t) => {
  const folder = scratch(t);
  put(folder, {
    "nightly/a/task.json": task(BASE64.slice(0, 2), { task: "First" }),
    "nightly/b/task.json": task(BASE64.slice(1), { task: "Second", status: "failed" }),
  });
  const { server, ask, tasks } = open(new FileStore(folder));
  await server.sweep();
  const shown = (await tasks()).sort((a, b) => (a.id < b.id ? -1 : 1));
  assert.deepEqual(
    shown.map(({ id, task, status }) => [id, task, status]),
    [
      ["nightly-1", "First", "finished"],
      ["nightly-2", "Second", "failed"],
    ],
  );
  const gifs = [];
  for (const { id } of shown) gifs.push((await ask((await ask(`/api/v1/task/${id}/gif`)).body.gif)).body);
  assert.equal(gifs[0].equals(gifs[1]), false);
});

test("ids hold for addresses, are those of the records where these have some, and are the same after a restart", async (t) => {
  const folder = scratch(t);
  put(folder, {
    "a/task.json": task(BASE64, { id: "own-id" }),
    "a copy/task.json": task(BASE64, { id: "own-id" }),
    "b/task.json": task(BASE64, { id: "a" }),
    "Übung 1 (läuft)/task.json": task(BASE64),
    "日本語/task.json": task(BASE64, { id: "no id" }),
    "中国人/task.json": task(BASE64),
    [`${"long".repeat(40)}/task.json`]: task(BASE64),
    "x.y.json": task(BASE64),
    "x y.json": task(BASE64),
  });
  const idsNow = async () => (await open(new FileStore(folder)).tasks()).map(({ id }) => id).sort();
  const ids = await idsNow();
  assert.equal(new Set(ids).size, 9);
  for (const id of ids) assert.match(id, /^[A-Za-z0-9_-]{1,128}$/);
  assert.ok(ids.includes("own-id"));
  // A folder keeps its name, whatever another record calls itself.
  assert.ok(ids.includes("b"));
  assert.deepEqual(await idsNow(), ids);
});

test("a record in a file finds its pictures beside it, and these are no second execution", async (t) => {
  const folder = scratch(t);
  put(folder, {
    "history.json": history(["screenshots/1.png", "screenshots/2.png"]),
    "screenshots/1.png": SHOTS[0],
    "screenshots/2.png": SHOTS[1],
    "other/1.png": SHOTS[0],
    "other/2.png": SHOTS[1],
  });
  const { tasks } = open(new FileStore(folder));
  const shown = await tasks();
  assert.deepEqual(shown.map(({ id }) => id).sort(), ["history-json", "other"]);
  assert.deepEqual(
    shown.map(({ screenshots }) => screenshots.length),
    [2, 2],
  );
});

test("a record that changes is read again, and gets another GIF; one that is taken away is gone with its GIF", async (t) => {
  const folder = scratch(t);
  const store = new FileStore(folder);
  put(folder, { "run/task.json": task(BASE64.slice(0, 2)), "gone.json": history(BASE64) });
  const { server, ask, tasks, told } = open(store);
  await server.sweep();
  const gif = async (id) => (await ask((await ask(`/api/v1/task/${id}/gif`)).body.gif)).body;
  const first = await gif("run");
  assert.deepEqual((await store.list(".task-gif/gifs")).sort(), ["gone-json/", "run/"]);
  put(folder, { "run/new.json": task(BASE64) });
  renameSync(join(folder, "run/new.json"), join(folder, "run/task.json"));
  rmSync(join(folder, "gone.json"));
  await server.sweep();
  assert.equal((await gif("run")).equals(first), false);
  assert.deepEqual(
    (await tasks()).map(({ id }) => id),
    ["run"],
  );
  assert.equal((await ask("/api/v1/task/gone-json")).status, 404);
  assert.deepEqual(await store.list(".task-gif/gifs/gone-json"), []);
  // Nothing changes, and nothing is done.
  await server.sweep();
  assert.equal(told("run").filter(({ event }) => event === "gif_ready").length, 2);
});

test("a broken record is one line of the log, however often it is looked at; the others are shown", async (t) => {
  const folder = scratch(t);
  put(folder, {
    "cut.zip": (await zip({ "history.json": "{}" })).subarray(0, 40),
    "half/task.json": '{"task": "x", "status": "finished", "steps": [{"number": 1, "next',
    "notes.txt": "not a record",
    "package.json": { name: "x", version: "1" },
    "step_1.png": SHOTS[0],
    "good/task.json": task(BASE64),
    "empty/.keep": "",
  });
  const { server, tasks, events } = open(new FileStore(folder));
  for (let i = 0; i < 3; i++) await server.sweep();
  assert.deepEqual(
    (await tasks()).map(({ id }) => id),
    ["good"],
  );
  const skipped = events.filter(({ event }) => event === "record_skipped");
  assert.deepEqual(skipped.map(({ record }) => record).sort(), ["", "cut.zip", "half", "notes.txt", "package.json"]);
  for (const { code, message } of skipped) {
    assert.match(code, /^[A-Z_]+$/);
    assert.ok(message.length > 10 && message.length <= 300, message);
  }
});

test("a step that is null, missing or foreign is left out, and the log says so", async (t) => {
  const folder = scratch(t);
  const all = steps([
    "1.png",
    "gone.png",
    "2.png",
    "data:text/html;base64,PGI+",
    "https://a.example/x.png",
    "broken.png",
  ]);
  put(folder, {
    "run/task.json": { task: "x", status: "finished", steps: [...all, null, 7] },
    "run/1.png": SHOTS[0],
    "run/2.png": SHOTS[1],
    "run/broken.png": SHOTS[2].subarray(0, 200),
  });
  let asked = 0;
  t.mock.method(globalThis, "fetch", () => Promise.reject(new Error(`asked ${++asked}`)));
  const { server, ask, told, tasks } = open(new FileStore(folder));
  await server.sweep();
  const [{ screenshots, steps: shown }] = await tasks();
  assert.deepEqual(
    shown.map(({ step }) => step),
    [1, 3, 6],
  );
  assert.equal(screenshots.length, 3);
  assert.ok((await ask("/api/v1/task/run/gif")).body.gif);
  const said = JSON.stringify(told("run"));
  for (const step of ["gone.png", "step 2", "step 4", "step 5", "7, 8"])
    assert.ok(said.includes(step), `${step}: ${said}`);
  assert.equal(told("run").find(({ event }) => event === "gif_ready").skipped, 1);
  assert.equal(asked, 0, "the server asked for an address of a record");
});

test("a task that is over has its GIF, whatever its tool calls that; another has a reason in the log, once", async (t) => {
  const folder = scratch(t);
  const words = { done: "finished", completed: "finished", Success: "finished", error: "failed", cancelled: "stopped" };
  for (const word of Object.keys(words)) put(folder, { [`${word}/task.json`]: task(BASE64, { status: word }) });
  put(folder, {
    "silent/task.json": { ...task(BASE64), status: undefined },
    "odd/task.json": task(BASE64, { status: "half-baked" }),
    "single/task.json": task(BASE64.slice(0, 1)),
    "running/task.json": task(BASE64, { status: "running" }),
    "paused/task.json": task(BASE64, { status: "paused" }),
  });
  const { server, ask, told, tasks } = open(new FileStore(folder));
  for (let i = 0; i < 3; i++) await server.sweep();
  const status = Object.fromEntries((await tasks()).map((task) => [task.id, task.status]));
  for (const [word, expected] of Object.entries({ ...words, silent: "finished" })) {
    assert.equal(status[word], expected, word);
    assert.ok((await ask(`/api/v1/task/${word}/gif`)).body.gif, word);
  }
  assert.deepEqual([status.running, status.paused, status.odd], ["running", "paused", "half-baked"]);
  const reasons = (id) => told(id).map(({ event, code }) => [event, code]);
  assert.deepEqual(reasons("odd"), [["gif_failed", "UNKNOWN_STATUS"]]);
  assert.deepEqual(reasons("single"), [["gif_failed", "TOO_FEW_SCREENSHOTS"]]);
  assert.deepEqual(reasons("running"), []);
  for (const id of ["odd", "single", "running"]) assert.equal((await ask(`/api/v1/task/${id}/gif`)).body.gif, null);
});

test("what a person put there is not written to: uploads to it are refused", async (t) => {
  const folder = scratch(t);
  put(folder, { "run/task.json": task(BASE64, { status: "running" }) });
  const before = readFileSync(join(folder, "run/task.json"));
  const { ask } = open(new FileStore(folder));
  for (const call of ["screenshot", "finish"]) {
    const { status } = await ask(`/api/v1/task/run/${call}`, { method: "POST", body: SHOTS[0] });
    assert.ok(status >= 400 && status < 500, call);
  }
  assert.equal((await ask("/api/v1/task/run/finish", { method: "POST" })).status, 409);
  assert.deepEqual(readFileSync(join(folder, "run/task.json")), before);
});

test("records in an S3 store are executions too", async (t) => {
  const { endpoint, close } = await ownS3({ pageSize: 2 });
  t.after(close);
  const store = new S3Store({ endpoint, bucket: "tasks", prefix: "some/where", ...CREDENTIALS });
  const json = (value) => new TextEncoder().encode(JSON.stringify(value));
  await store.write("run/deep/history.json", json(history(["pictures/1.png", "pictures/2.png"])));
  await store.write("run/deep/pictures/1.png", SHOTS[0]);
  await store.write("run/deep/pictures/2.png", SHOTS[1]);
  await store.write("packed.zip", await zip({ "history.json": JSON.stringify(history(BASE64)) }));
  const { server, ask, tasks } = open(store);
  await server.sweep();
  assert.deepEqual((await tasks()).map(({ id }) => id).sort(), ["packed-zip", "run"]);
  for (const id of ["packed-zip", "run"]) assert.ok((await ask(`/api/v1/task/${id}/gif`)).body.gif, id);
});

test("the start line says what was found, and why none of it goes", async (t) => {
  const folder = scratch(t);
  for (const [i, day] of ["2001-01-01", "2002-02-02", new Date().toISOString().slice(0, 10)].entries()) {
    mkdirSync(join(folder, `mine-${i}`));
    cpSync(folderOf("shop"), join(folder, `mine-${i}`), { recursive: true });
    put(folder, { [`mine-${i}/task.json`]: { task: "x", status: "finished", finished_at: `${day}T00:00:00Z` } });
  }
  const { lines, stop } = await serveFor(t, folder);
  // Where the machine is slow, it is the second line.
  while (!/tasks/.test(lines.join("").replace(folder, ""))) await new Promise((next) => setTimeout(next, 50));
  assert.match(lines.join("\n"), /: 3 tasks, 2 older than 30 days: kept, since you put them here$/);
  await stop();
});
