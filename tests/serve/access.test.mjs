// Who may do what: keys, signed addresses, foreign pages, names that lead here, paths, limits, logs.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { createTaskServer, FileStore } from "../../dist/serve/index.node.js";
import { run } from "../cli/support/cli.mjs";
import { bytesOf } from "../node/support/fixtures.mjs";
import { call, gifUrl, postTask, scratch, serveFor } from "./support/server.mjs";

const SHOTS = bytesOf("shop").slice(0, 3);

/** A request as it is, which `fetch` would tidy up; resolves to the status. */
function raw(url, path, headers = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      const lines = Object.entries({ host: `${hostname}:${port}`, connection: "close", ...headers });
      socket.write(`GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
    });
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk));
    socket.on("close", () => resolve(Number(answer.split(" ")[1])));
    socket.on("error", reject);
  });
}

test("with keys the API is for their holders, and media are for those who got their address", async (t) => {
  const folder = scratch(t);
  const made = await run(["serve", folder, "--new-key", "laptop"]);
  const key = made.stdout.toString().trim();
  assert.match(key, /^tg_[A-Za-z0-9_-]{43}$/);
  assert.doesNotMatch(readFileSync(join(folder, ".task-gif/keys.json"), "utf8"), new RegExp(key.slice(3, 20)));

  const server = await serveFor(t, folder);
  const headers = { authorization: `Bearer ${key}` };
  for (const wrong of [
    {},
    { authorization: "Bearer tg_wrong" },
    { authorization: key },
    { authorization: "Bearer " },
  ]) {
    const { status, body } = await call(`${server.api}/tasks`, { headers: wrong });
    assert.deepEqual([status, body], [401, { detail: "Not authenticated" }]);
  }
  const { id } = (await call(`${server.api}/task`, { method: "POST", json: { task: "x" }, headers })).body;
  for (const body of SHOTS) await call(`${server.api}/task/${id}/screenshot`, { method: "POST", body, headers });
  await call(`${server.api}/task/${id}/finish`, { method: "POST", headers });
  // As the documented sample does it: the address with the key, the file without.
  const gif = await gifUrl(server.api, id, { headers });
  assert.equal((await fetch(gif)).status, 200);
  const bare = gif.replace(/\?.*$/, "");
  assert.equal((await fetch(bare)).status, 403);
  assert.equal((await fetch(`${bare}?s=${"A".repeat(22)}`)).status, 403);
  assert.equal((await fetch(bare, { headers })).status, 200);
  const signature = new URL(gif).search;
  assert.equal((await fetch(`${server.url}/screenshots/${id}/step_1.png${signature}`)).status, 403);

  // A key in a path is a mistake, and no reason to keep it.
  await call(`${server.url}/${key}`);
  await call(`${server.api}/task/${key}`, { headers });
  const log = JSON.stringify(server.events);
  assert.match(log, new RegExp(id));
  assert.doesNotMatch(log, new RegExp(key));
  assert.ok(!log.includes(signature.slice(3)), "a signature is in the log");
});

test("a server with keys stays closed when its list of keys is broken or empty, and says so", async (t) => {
  const folder = scratch(t);
  const events = [];
  const store = new FileStore(folder);
  await run(["serve", folder, "--new-key", "laptop"]);
  const server = createTaskServer({ store, publicUrl: "https://gifs.example.com", log: (event) => events.push(event) });
  t.after(() => server.stop());
  const status = async () => (await server.fetch(new Request("https://gifs.example.com/api/v1/tasks"))).status;
  assert.equal(await status(), 401);
  for (const text of ['[{ "name": "laptop", }]', "[]", "{}", ""]) {
    writeFileSync(join(folder, ".task-gif/keys.json"), text);
    await server.sweep().catch((error) => events.push({ event: "sweep_error", error: error.message }));
    assert.equal(await status(), 401, text);
  }
  assert.equal(
    events.filter(({ event, error }) => event === "sweep_error" && /keys\.json: expected/.test(error)).length,
    3,
  );
});

test("without keys it serves this machine only", async (t) => {
  const folder = scratch(t);
  const refused = await run(["serve", folder, "--host", "0.0.0.0"]);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /without keys .*\n {2}make a key first: task-gif serve .* --new-key NAME/);
  const server = await serveFor(t, folder);
  assert.equal(await raw(server.url, "/api/v1/tasks"), 200);
  // A foreign name that was made to lead to this machine.
  assert.equal(await raw(server.url, "/api/v1/tasks", { host: "evil.example" }), 403);
});

test("pages of other sites may use it only when they are listed", async (t) => {
  const server = await serveFor(t, scratch(t), ["--cors-origin", "https://app.example"]);
  const post = (origin) => call(`${server.api}/task`, { method: "POST", json: { task: "x" }, headers: { origin } });
  assert.equal((await post("https://evil.example")).status, 403);
  const allowed = await post("https://app.example");
  assert.deepEqual([allowed.status, allowed.headers.get("access-control-allow-origin")], [200, "https://app.example"]);
  assert.match(allowed.headers.get("access-control-expose-headers"), /retry-after/i);
  assert.equal((await post(server.url)).status, 200);
  const read = await call(`${server.api}/tasks`, { headers: { origin: "https://evil.example" } });
  assert.equal(read.headers.get("access-control-allow-origin"), null);
});

test("no path leads out of the folder", async (t) => {
  const [folder, dashboard] = [scratch(t), scratch(t)];
  writeFileSync(join(dashboard, "index.html"), "<!doctype html>");
  writeFileSync(join(dashboard, ".secret"), "s");
  const server = await serveFor(t, folder, ["--dashboard", dashboard]);
  const id = await postTask(server.api, SHOTS);
  await gifUrl(server.api, id);
  for (const path of [
    "/../../etc/passwd",
    "/..%2f..%2fetc%2fpasswd",
    "/.secret",
    "/%2e%2e/x",
    "/gifs/..%2f..%2fetc/execution.gif",
    `/gifs/..%5c${id}/execution.gif`,
    `/screenshots/${id}/..%2ftask.json`,
    `/screenshots/${id}/task.json`,
    `/screenshots/${id}/step_1.json`,
    `/screenshots/${id}%00/step_1.png`,
    "/screenshots/.task-gif/keys.json",
    `/screenshots/${id}/gif%2fexecution.gif`,
    "/api/v1/task/..%2f..%2fetc/gif",
  ]) {
    const status = await raw(server.url, path);
    assert.ok(status >= 400 && status < 500, `${path}: ${status}`);
  }
  assert.equal(await raw(server.url, "/"), 200);
  assert.equal(await raw(server.url, `/screenshots/${id}/step_1.png`), 200);
  for (const key of ["../x", "a/../../x", "/etc/passwd", "a//b", "a/\0", "."]) {
    await assert.rejects(new FileStore(folder).read(key), TypeError, key);
  }
});

test("bodies and counts have limits, and what is refused leaves nothing behind", async (t) => {
  const folder = scratch(t);
  const limits = { screenshotBytes: 30_000, screenshots: 2, uploadBytes: 60_000 };
  const server = createTaskServer({ store: new FileStore(folder), ...limits });
  const ask = (path, init) => server.fetch(new Request(`http://localhost/api/v1${path}`, { method: "POST", ...init }));
  const { id } = await (await ask("/task", { body: JSON.stringify({ task: "x" }) })).json();
  const big = Buffer.concat([SHOTS[0], Buffer.alloc(30_000)]);
  assert.equal((await ask(`/task/${id}/screenshot`, { body: big })).status, 413);
  const chunks = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(10_000)) });
  assert.equal((await ask(`/task/${id}/screenshot`, { body: chunks, duplex: "half" })).status, 413);
  assert.equal((await ask("/task", { body: JSON.stringify({ task: "x".repeat(70_000) }) })).status, 413);
  // A third upload while two are still on their way is told to come again.
  const slow = () => {
    const stream = new TransformStream();
    const writer = stream.writable.getWriter();
    void writer.write(SHOTS[0]);
    return { answer: ask(`/task/${id}/screenshot`, { body: stream.readable, duplex: "half" }), writer };
  };
  const [a, b] = [slow(), slow()];
  await new Promise((next) => setTimeout(next, 20));
  const third = await ask(`/task/${id}/screenshot`, { body: SHOTS[1] });
  assert.deepEqual([third.status, third.headers.get("retry-after")], [429, "1"]);
  await Promise.all([a.writer.close(), b.writer.close()]);
  assert.deepEqual([(await a.answer).status, (await b.answer).status], [200, 200]);
  assert.equal((await ask(`/task/${id}/screenshot`, { body: SHOTS[1] })).status, 413);
  // Sent again, the last one that had room is there already.
  assert.equal((await ask(`/task/${id}/screenshot?step=2`, { body: SHOTS[0] })).status, 200);
  assert.deepEqual(readdirSync(join(folder, id)).sort(), [
    "step_1.json",
    "step_1.png",
    "step_2.json",
    "step_2.png",
    "task.json",
  ]);
});
