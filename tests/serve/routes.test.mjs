// The documented calls, what takes tasks in, and media: over HTTP, in the forms of the documentation.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assembleGif, TaskClient } from "../../dist/index.node.js";
import { createTaskServer, FileStore } from "../../dist/serve/index.node.js";
import { run } from "../cli/support/cli.mjs";
import { bytesOf, folderOf } from "../node/support/fixtures.mjs";
import { call, gifUrl, postTask, scratch, serve, serveFor } from "./support/server.mjs";

const SHOTS = bytesOf("shop").slice(0, 4);
const FOLDER = mkdtempSync(join(tmpdir(), "task-gif-serve-"));
let api;
let url;
let server;

before(async () => {
  server = await serve(FOLDER);
  ({ api, url } = server);
});
after(async () => {
  await server?.stop();
  rmSync(FOLDER, { recursive: true });
});

/** What the library makes of the same task. */
async function expectedGif(options) {
  const steps = SHOTS.map((image, i) => ({
    image,
    number: i + 1,
    caption: `Goal ${i + 1}`,
    url: "https://a.example/",
  }));
  return Buffer.from(await (await assembleGif(steps, options)).blob.arrayBuffer());
}

test("a task that is posted, filled and finished has its GIF made by itself: the library's bytes", async () => {
  const id = await postTask(api, SHOTS, { task: "Buy a kettle", finish: false });
  assert.equal((await call(`${api}/task/${id}/status`)).body, "running");
  assert.deepEqual((await call(`${api}/task/${id}/gif`)).body, { gif: null });
  const finished = await call(`${api}/task/${id}/finish`, { method: "POST", json: { output: "Done" } });
  assert.deepEqual(finished.body, { id, status: "finished" });
  assert.equal((await call(`${api}/task/${id}/status`)).body, "finished");

  const { body } = await call(`${api}/task/${id}`);
  assert.deepEqual(Object.keys(body), [
    "id",
    "task",
    "status",
    "output",
    "created_at",
    "finished_at",
    "is_editable",
    "steps",
    "page_url",
  ]);
  assert.equal(body.task, "Buy a kettle");
  assert.equal(body.output, "Done");
  assert.deepEqual(Object.keys(body.steps[0]), ["id", "step", "evaluation_previous_goal", "next_goal", "url"]);
  assert.deepEqual(
    body.steps.map(({ step }) => step),
    [1, 2, 3, 4],
  );

  const { screenshots } = (await call(`${api}/task/${id}/screenshots`)).body;
  assert.deepEqual(
    screenshots,
    SHOTS.map((_, i) => `${url}/screenshots/${id}/step_${i + 1}.png`),
  );
  assert.deepEqual(Buffer.from(await (await fetch(screenshots[1])).arrayBuffer()), SHOTS[1]);
  assert.deepEqual((await call(`${api}/task/${id}/media`)).body, { recordings: null });

  const gif = await gifUrl(api, id);
  assert.equal(gif, `${url}/gifs/${id}/execution.gif`);
  assert.deepEqual(Buffer.from(await (await fetch(gif)).arrayBuffer()), await expectedGif());
});

test("the package's client works against it unchanged", async () => {
  const id = await postTask(api, SHOTS);
  const client = new TaskClient({ baseUrl: api });
  const wait = await client.waitForTaskGif(id, { timeout: 60_000, interval: 100 });
  assert.equal(wait.status, "ready", JSON.stringify(wait));
  assert.deepEqual(Buffer.from(await client.downloadTaskGif(id)), await expectedGif());
  const fetched = [];
  for await (const { number, caption } of client.fetchScreenshots(id)) fetched.push([number, caption]);
  assert.deepEqual(
    fetched,
    SHOTS.map((_, i) => [i + 1, `Goal ${i + 1}`]),
  );
  const single = await postTask(api, SHOTS.slice(0, 1));
  const never = await client.waitForTaskGif(single, { timeout: 5000, interval: 100 });
  assert.deepEqual(never, { status: "unavailable", reason: "too_few_screenshots" });
});

test("errors have the documented bodies", async () => {
  for (const path of ["", "/status", "/screenshots", "/gif", "/media"]) {
    const { status, body } = await call(`${api}/task/none${path}`);
    assert.deepEqual([status, body], [404, { detail: "Task not found" }]);
  }
  const bad = await call(`${api}/task/a%20b/gif`);
  assert.equal(bad.status, 422);
  assert.deepEqual(Object.keys(bad.body.detail[0]), ["loc", "msg", "type"]);
  assert.deepEqual(bad.body.detail[0].loc, ["path", "task_id"]);
  const empty = await call(`${api}/task`, { method: "POST", json: {} });
  assert.deepEqual([empty.status, empty.body.detail[0].type], [422, "missing"]);
  const broken = await call(`${api}/task`, {
    method: "POST",
    body: "{",
    headers: { "content-type": "application/json" },
  });
  assert.deepEqual([broken.status, broken.body.detail[0].type], [422, "json_invalid"]);
});

test("a screenshot that is sent again is there already; another one for its step is refused", async () => {
  const id = await postTask(api, SHOTS.slice(0, 2), { finish: false });
  const post = (body, step) =>
    call(`${api}/task/${id}/screenshot${step ? `?step=${step}` : ""}`, { method: "POST", body });
  assert.deepEqual((await post(SHOTS[1], 2)).body, { step: 2 });
  assert.equal((await post(SHOTS[2], 2)).status, 409);
  // Without a number it gets the next one, however many are sent at once.
  const answers = await Promise.all([post(SHOTS[2]), post(SHOTS[3]), post(SHOTS[2])]);
  assert.deepEqual(answers.map(({ body }) => body.step).sort(), [3, 4, 5]);
  assert.equal((await call(`${api}/task/${id}/screenshots`)).body.screenshots.length, 5);
  assert.equal((await post(Buffer.from("GIF89a"))).status, 415);
  assert.equal((await post(SHOTS[2], "x")).status, 422);
  await call(`${api}/task/${id}/finish`, { method: "POST" });
  assert.equal((await post(SHOTS[3])).status, 409);
});

test("a GIF is made again with options, and only with those that cost the server little", async () => {
  const id = await postTask(api, SHOTS);
  const gif = await gifUrl(api, id);
  const { headers } = await fetch(gif, { method: "HEAD" });
  const again = (json) => call(`${api}/task/${id}/gif`, { method: "POST", json });
  assert.deepEqual([(await again({ delay: 500, scale: 0.5 })).status], [202]);
  await gifUrl(api, id);
  const made = await fetch(gif);
  assert.notEqual(made.headers.get("etag"), headers.get("etag"));
  assert.deepEqual(Buffer.from(await made.arrayBuffer()), await expectedGif({ delay: 500, scale: 0.5 }));
  for (const [json, loc] of [
    [{ scale: 3 }, ["body", "scale"]],
    [{ workers: 8 }, ["body", "workers"]],
    [{ effort: "most" }, ["body", "effort"]],
  ]) {
    const { status, body } = await again(json);
    assert.deepEqual([status, body.detail[0].loc], [422, loc]);
  }
});

test("media answer ranges, conditions and HEAD, and may not be sniffed", async () => {
  const id = await postTask(api, SHOTS);
  const gif = await gifUrl(api, id);
  const whole = await fetch(gif);
  const bytes = Buffer.from(await whole.arrayBuffer());
  const etag = whole.headers.get("etag");
  assert.equal(whole.headers.get("content-type"), "image/gif");
  assert.equal(whole.headers.get("x-content-type-options"), "nosniff");
  assert.match(whole.headers.get("content-security-policy"), /sandbox/);
  const part = async (range, headers = {}) => {
    const response = await fetch(gif, { headers: { range, ...headers } });
    return [response.status, response.headers.get("content-range"), Buffer.from(await response.arrayBuffer())];
  };
  const n = bytes.length;
  assert.deepEqual(await part("bytes=0-5"), [206, `bytes 0-5/${n}`, bytes.subarray(0, 6)]);
  assert.deepEqual(await part("bytes=10-"), [206, `bytes 10-${n - 1}/${n}`, bytes.subarray(10)]);
  assert.deepEqual(await part("bytes=-3"), [206, `bytes ${n - 3}-${n - 1}/${n}`, bytes.subarray(n - 3)]);
  assert.deepEqual(await part(`bytes=2-${n * 2}`), [206, `bytes 2-${n - 1}/${n}`, bytes.subarray(2)]);
  assert.deepEqual((await part(`bytes=${n}-`)).slice(0, 2), [416, `bytes */${n}`]);
  assert.equal((await part("bytes=0-5", { "if-range": '"other"' }))[0], 200);
  assert.equal((await part("bytes=0-5", { "if-range": etag }))[0], 206);
  const unchanged = await fetch(gif, { headers: { "if-none-match": `"x", W/${etag}` } });
  assert.deepEqual([unchanged.status, await unchanged.text()], [304, ""]);
  const head = await fetch(gif, { method: "HEAD" });
  assert.deepEqual([head.headers.get("content-length"), await head.text()], [String(n), ""]);
});

test("files that are dropped into the folder are a task, whatever the folder is called", async (t) => {
  const folder = scratch(t);
  const dropped = await serveFor(t, folder);
  const aside = join(folder, "my folder");
  mkdirSync(aside);
  cpSync(folderOf("shop"), aside, { recursive: true });
  const steps = bytesOf("shop").map((_, i) => ({
    number: i + 1,
    next_goal: `Goal ${i + 1}`,
    url: "https://a.example/",
    screenshot: `0${i}.png`,
  }));
  writeFileSync(join(aside, "task.json"), JSON.stringify({ id: "dropped-1", task: "x", status: "finished", steps }));
  const gif = await gifUrl(dropped.api, "dropped-1");
  assert.equal(gif, `${dropped.url}/gifs/dropped-1/execution.gif`);
  const expected = await assembleGif(
    bytesOf("shop").map((image, i) => ({ image, number: i + 1, caption: `Goal ${i + 1}`, url: "https://a.example/" })),
  );
  assert.deepEqual(Buffer.from(await (await fetch(gif)).arrayBuffer()), Buffer.from(await expected.blob.arrayBuffer()));
  const { tasks, total_count } = (await call(`${dropped.api}/tasks`)).body;
  assert.deepEqual([tasks[0].id, tasks[0].screenshots.length, total_count], ["dropped-1", steps.length, 1]);
});

test("an unreadable screenshot is left out; what cannot be made is said in the log and stays null", async (t) => {
  const own = await serveFor(t, scratch(t));
  const broken = SHOTS[0].subarray(0, 300);
  const id = await postTask(own.api, [...SHOTS.slice(0, 2), broken]);
  assert.equal((await fetch(await gifUrl(own.api, id))).status, 200);
  const isReady = ({ event, task }) => event === "gif_ready" && task === id;
  // The log comes through a pipe, after the answer.
  while (!own.events.some(isReady)) await new Promise((next) => setTimeout(next, 50));
  assert.equal(own.events.find(isReady).skipped, 1);
  const none = await postTask(own.api, [broken, broken]);
  while (!own.events.some(({ event, task }) => event === "gif_failed" && task === none))
    await new Promise((next) => setTimeout(next, 50));
  assert.deepEqual((await call(`${own.api}/task/${none}/gif`)).body, { gif: null });
});

test("it ends when it is told to, with what is being answered", async (t) => {
  const folder = scratch(t);
  const own = await serve(folder);
  const id = await postTask(own.api, SHOTS);
  await gifUrl(own.api, id);
  assert.equal((await call(`${own.url}/healthz`)).body.status, "ok");
  assert.deepEqual(await own.stop(), { code: 0, signal: null });
  assert.ok(existsSync(join(folder, id, "gif", "execution.gif")));
  assert.equal(readFileSync(join(folder, id, "gif", "execution.gif")).at(-1), 0x3b);
});

test("a body that never ends keeps no server that is told to stop", async (t) => {
  const own = await serveFor(t, scratch(t));
  const id = await postTask(own.api, [], { finish: false });
  const { hostname, port, pathname } = new URL(`${own.api}/task/${id}/screenshot`);
  const socket = connect(Number(port), hostname);
  t.after(() => socket.destroy());
  socket.on("error", () => {});
  socket.write(`POST ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-length: 1000\r\n\r\n\x89PNG`);
  // It is answered meanwhile, and after ten seconds of grace the connection is closed.
  await call(`${own.api}/tasks`);
  assert.deepEqual(await own.stop(), { code: 0, signal: null });
});

test("a task that is ended again stays as it is; another end is refused", async () => {
  const id = await postTask(api, [], { finish: false });
  const end = async (json) => (await call(`${api}/task/${id}/finish`, { method: "POST", json })).status;
  assert.equal(await end({ status: "failed", output: "No kettle" }), 200);
  assert.deepEqual([await end({ status: "failed", output: "No kettle" }), await end({})], [200, 200]);
  assert.deepEqual([await end({ status: "finished" }), await end({ output: "Bought" })], [409, 409]);
  const { status, output } = (await call(`${api}/task/${id}`)).body;
  assert.deepEqual([status, output], ["failed", "No kettle"]);
});

test("a step may have the number 0, and keeps what was said of it", async () => {
  const id = await postTask(api, [], { finish: false });
  const query = "step=0&next_goal=Open+the+shop";
  assert.deepEqual((await call(`${api}/task/${id}/screenshot?${query}`, { method: "POST", body: SHOTS[0] })).body, {
    step: 0,
  });
  const { steps } = (await call(`${api}/task/${id}`)).body;
  assert.deepEqual([steps[0].step, steps[0].next_goal], [0, "Open the shop"]);
});

test("a task is renamed, and deleted with everything that came of it", async () => {
  const id = await postTask(api, SHOTS.slice(0, 2), { task: "Buy a ketle" });
  const gif = await gifUrl(api, id);
  const renamed = await call(`${api}/task/${id}`, { method: "PATCH", json: { task: "Buy a kettle" } });
  assert.deepEqual([renamed.status, renamed.body.task, renamed.body.steps.length], [200, "Buy a kettle", 2]);
  assert.equal((await call(`${api}/task/${id}`)).body.task, "Buy a kettle");
  for (const task of ["", "  ", 5]) {
    assert.equal((await call(`${api}/task/${id}`, { method: "PATCH", json: { task } })).status, 422);
  }
  assert.equal((await call(`${api}/task/${id}`, { method: "DELETE" })).status, 204);
  assert.equal((await call(`${api}/task/${id}`)).status, 404);
  assert.equal((await fetch(gif)).status, 404);
  assert.ok(!existsSync(join(FOLDER, id)));
  assert.ok(!(await call(`${api}/tasks?limit=100`)).body.tasks.some((task) => task.id === id));
  assert.equal((await call(`${api}/task/${id}`, { method: "DELETE" })).status, 404);
});

test("a task whose removal broke off is nowhere to be seen, and the rest goes with the next full look", async (t) => {
  const folder = scratch(t);
  const id = "0b9b3c1e-0000-4000-8000-000000000000";
  mkdirSync(join(folder, id));
  writeFileSync(join(folder, id, "task.json"), JSON.stringify({ uploaded: true, deleted: true }));
  writeFileSync(join(folder, id, "step_1.png"), SHOTS[0]);
  const server = createTaskServer({ store: new FileStore(folder) });
  const list = await (await server.fetch(new Request("http://localhost/api/v1/tasks"))).json();
  assert.deepEqual(list.tasks, []);
  await server.sweep();
  assert.ok(!existsSync(join(folder, id, "step_1.png")));
  const after = await (await server.fetch(new Request("http://localhost/api/v1/tasks"))).json();
  assert.deepEqual(after.tasks, []);
});

test("what a person put into the folder is neither renamed nor deleted", async () => {
  cpSync(folderOf("shop"), join(FOLDER, "by-hand"), { recursive: true });
  for (let i = 0; i < 100 && (await call(`${api}/task/by-hand`)).status !== 200; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.equal((await call(`${api}/task/by-hand`)).body.is_editable, undefined);
  for (const [method, json] of [["PATCH", { task: "x" }], ["DELETE"]]) {
    assert.equal((await call(`${api}/task/by-hand`, { method, json })).status, 409);
  }
  assert.ok(existsSync(join(FOLDER, "by-hand", "00.png")));
});

test("a list is narrowed by status and by the time of creation", async (t) => {
  const { api } = await serveFor(t, scratch(t));
  const [done, running] = [await postTask(api, SHOTS.slice(0, 1)), await postTask(api, [], { finish: false })];
  const ids = async (query) => (await call(`${api}/tasks?${query}`)).body.tasks.map(({ id }) => id);
  const { created_at } = (await call(`${api}/task/${running}`)).body;
  assert.deepEqual(await ids("status=running"), [running]);
  assert.deepEqual(await ids("status=finished"), [done]);
  assert.deepEqual(await ids(`created_from=${created_at}`), [running]);
  assert.deepEqual(await ids(`created_to=${created_at}`), [done]);
  assert.equal((await call(`${api}/tasks?created_from=soon`)).status, 422);
  await gifUrl(api, await postTask(api, SHOTS.slice(0, 2)));
});

test("GIFs that nobody asked for otherwise have the options of the server", async (t) => {
  const { api } = await serveFor(t, scratch(t), ["--captions", "--max-bytes", "40KB"]);
  const id = await postTask(api, SHOTS);
  const gif = Buffer.from(await (await fetch(await gifUrl(api, id))).arrayBuffer());
  assert.ok(gif.length <= 40_000);
  assert.deepEqual(gif, await expectedGif({ captions: true, maxBytes: 40_000 }));
  const refused = await run(["serve", scratch(t), "--max-bytes", "lots"]);
  assert.match(refused.stderr, /--max-bytes: expected a size/);
});

test("a field that is misspelled is refused, and so is a date that could be read in two ways", async () => {
  const { id } = (await call(`${server.api}/task`, { method: "POST", json: { task: "x" } })).body;
  const refused = async (path, options) => {
    const { status, body } = await call(`${server.api}${path}`, { method: "POST", ...options });
    return [status, body.detail?.[0]?.loc?.at(-1)];
  };
  assert.deepEqual(await refused("/task", { json: { task: "x", status: "failed" } }), [422, "status"]);
  assert.deepEqual(await refused(`/task/${id}/finish`, { json: { state: "failed" } }), [422, "state"]);
  for (const query of ["Step=1", "nextgoal=x", "finished_at=12/11/2026", "finished_at=1"]) {
    const body = SHOTS[0];
    assert.deepEqual(await refused(`/task/${id}/screenshot?${query}`, { body }), [422, query.split("=")[0]], query);
  }
  assert.deepEqual(await call(`${server.api}/task/${id}/status`).then(({ body }) => body), "running");
});
