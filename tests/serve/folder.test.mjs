// What people have in the folder that is served: it harms no other task, and none of it is touched.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { TaskGifError } from "../../dist/index.node.js";
import { createTaskServer, FileStore } from "../../dist/serve/index.node.js";
import { bytesOf } from "../node/support/fixtures.mjs";
import { scratch } from "./support/server.mjs";

const SHOTS = bytesOf("shop").slice(0, 3);
const AGES_AGO = new Date(Date.now() - 400 * 86_400_000);

/** Makes a folder of pictures. */
function folderOf(root, name) {
  mkdirSync(join(root, name));
  for (const [i, bytes] of SHOTS.entries()) writeFileSync(join(root, name, `${i + 1}.png`), bytes);
}

/** Ids of all tasks with the number of their screenshots, and what the log said. */
async function tasksIn(t, store) {
  const events = [];
  const server = createTaskServer({ store, log: (event) => event.event !== "request" && events.push(event) });
  t.after(() => server.stop());
  const response = await server.fetch(new Request("http://localhost/api/v1/tasks?limit=100"));
  assert.equal(response.status, 200);
  const { tasks } = await response.json();
  return { server, tasks: tasks.map(({ id, screenshots }) => `${id} ${screenshots.length}`).sort(), events };
}

test("files and folders called .part are a person's, however old", async (t) => {
  const root = scratch(t);
  for (const name of ["a", "b.part"]) folderOf(root, name);
  const names = ["a/film.part", "list.part", ".mine.part", "a/.b.part"];
  for (const name of names) writeFileSync(join(root, name), "x");
  for (const name of [...names, "b.part"]) utimesSync(join(root, name), AGES_AGO, AGES_AGO);
  const { server, tasks } = await tasksIn(t, new FileStore(root));
  await server.sweep();
  assert.deepEqual(tasks, ["a 3", "b-part 3"]);
  for (const name of names) assert.ok(readdirSync(join(root, name, "..")).includes(name.split("/").at(-1)), name);
});

test("names with backslashes are names, where the system has them", {
  skip: process.platform === "win32",
}, async (t) => {
  const root = scratch(t);
  for (const name of ["plain", "w\\x"]) folderOf(root, name);
  const steps = SHOTS.map((_, i) => ({ next_goal: `Goal ${i}`, screenshot: `plain/${i + 1}.png` }));
  writeFileSync(join(root, "run.json"), JSON.stringify({ steps }));
  assert.deepEqual((await tasksIn(t, new FileStore(root))).tasks, ["run-json 3", "w-x 3"]);
});

test("links that lead in a circle and pipes are no tasks, and stop nothing", {
  skip: process.platform === "win32",
}, async (t) => {
  const root = scratch(t);
  for (const name of ["circle", "good", "pipe"]) folderOf(root, name);
  symlinkSync("task.json", join(root, "circle", "task.json"));
  execFileSync("mkfifo", [join(root, "pipe", "task.json")]);
  assert.deepEqual((await tasksIn(t, new FileStore(root))).tasks, ["circle 3", "good 3", "pipe 3"]);
});

test("a folder that may not be read hides no other, and the log says so", async (t) => {
  const root = scratch(t);
  for (const name of ["good", "private"]) folderOf(root, name);
  const steps = SHOTS.map((_, i) => ({ next_goal: `Goal ${i}`, screenshot: `good/${i + 1}.png` }));
  writeFileSync(join(root, "run.json"), JSON.stringify({ steps }));
  const files = new FileStore(root);
  const refuse = (key) => {
    if (/^private\b/.test(key)) throw new TaskGifError("UNREADABLE", `the server may not read ${key} (EACCES)`);
  };
  const store = {
    write: (...args) => files.write(...args),
    async read(key, choose) {
      refuse(key);
      return files.read(key, choose);
    },
    async list(folder) {
      refuse(folder);
      return files.list(folder);
    },
  };
  const { server, tasks, events } = await tasksIn(t, store);
  assert.deepEqual(tasks, ["run-json 3"]);
  assert.deepEqual(
    events.map(({ event, record, code }) => [event, record, code]),
    [["record_skipped", "private", "UNREADABLE"]],
  );
  assert.equal((await server.fetch(new Request("http://localhost/api/v1/task/private"))).status, 404);
});

const isRoot = process.getuid?.() === 0 && "root may read everything";
test("what may not be read is said with its name and its code", {
  skip: isRoot || process.platform === "win32",
}, async (t) => {
  const root = scratch(t);
  folderOf(root, "private");
  chmodSync(join(root, "private"), 0);
  t.after(() => chmodSync(join(root, "private"), 0o700));
  const store = new FileStore(root);
  for (const act of [() => store.read("private/task.json"), () => store.list("private")]) {
    await assert.rejects(act, { code: "UNREADABLE", message: /may not read private.*EACCES/ });
  }
});

test("a copy of an uploaded task that a person has made is theirs, and never expires", async (t) => {
  const root = scratch(t);
  folderOf(root, "copy");
  for (const i of [1, 2, 3]) writeFileSync(join(root, "copy", `step_${i}.png`), SHOTS[i - 1]);
  const record = { id: "original", task: "x", status: "finished", uploaded: true };
  const times = { created_at: AGES_AGO.toISOString(), finished_at: AGES_AGO.toISOString() };
  writeFileSync(join(root, "copy", "task.json"), JSON.stringify({ ...record, ...times }));
  const { server } = await tasksIn(t, new FileStore(root));
  await server.sweep();
  const { screenshots } = await (
    await server.fetch(new Request("http://localhost/api/v1/task/copy/screenshots"))
  ).json();
  assert.equal(screenshots.length, 3);
  const { gif } = await (await server.fetch(new Request("http://localhost/api/v1/task/copy/gif"))).json();
  assert.match(gif, /execution\.gif/);
});

test("a list begins with the task that was created last, in whatever zone its time is written", async (t) => {
  const root = scratch(t);
  const created = { a: "2026-03-01T12:00:00+09:00", b: "2026-03-01T04:00:00Z", c: "2026-03-01T02:00:00-03:00" };
  for (const [name, created_at] of Object.entries(created)) {
    folderOf(root, name);
    writeFileSync(
      join(root, name, "task.json"),
      JSON.stringify({ id: name, task: "x", status: "finished", created_at }),
    );
  }
  const server = createTaskServer({ store: new FileStore(root) });
  t.after(() => server.stop());
  const { tasks } = await (await server.fetch(new Request("http://localhost/api/v1/tasks"))).json();
  assert.deepEqual(
    tasks.map(({ id }) => id),
    ["c", "b", "a"],
  );
});
