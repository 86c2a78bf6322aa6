// The proxy example: it adds the key, lets nobody see it, and shows users their own tasks only.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { TaskClient } from "../../dist/index.node.js";
import { createProxy } from "../../www/examples/proxy.mjs";
import { startFaultServer } from "./support/fault-server.mjs";

const KEY = "bu_key_4f3c2b1a";
const OWNERS = { task_ann: "ann", task_bob: "bob" };
const READY = { do: "json", body: { gif: "{media}/a.gif" } };
let server;
let proxy;
let url;

before(async () => {
  server = await startFaultServer();
  const listener = createProxy({
    upstream: `${server.origins.api}/api/v1`,
    key: KEY,
    userOf: async ({ headers }) => headers["x-user"] ?? null,
    ownsTask: async (user, taskId) => OWNERS[taskId] === user,
  });
  proxy = createServer(listener);
  await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${proxy.address().port}/api/v1`;
});
after(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await server.close();
});

const clientOf = (user) => new TaskClient({ baseUrl: url, headers: user ? { "x-user": user } : {} });

test("users get the GIFs of their own tasks through it, without a key of their own", async () => {
  server.script({ gif: [READY], media: [{ do: "file" }] });
  const bytes = await clientOf("ann").downloadTaskGif("task_ann");
  assert.equal(bytes.length, 72);
  const [api, media] = server.requests;
  assert.match(api.headers, new RegExp(`authorization\n${"Bearer"} ${KEY}`, "i"));
  assert.doesNotMatch(media.headers, /bu_key|x-user/);
});

test("tasks of others look like tasks that do not exist, and nothing is asked for them", async () => {
  server.script({ gif: [READY] });
  await assert.rejects(clientOf("ann").getTaskGif("task_bob"), { code: "NOT_FOUND" });
  await assert.rejects(clientOf("ann").getTaskGif("task_none"), { code: "NOT_FOUND" });
  await assert.rejects(clientOf(undefined).getTaskGif("task_ann"), { code: "UNAUTHORIZED" });
  assert.equal(server.requests.length, 0);
});

test("all four calls pass, others do not", async () => {
  server.script({
    task: [{ do: "json", body: { id: "task_ann", status: "finished" } }],
    status: [{ do: "json", body: '"finished"' }],
    screenshots: [{ do: "json", body: { screenshots: ["a"] } }],
  });
  const client = clientOf("ann");
  assert.equal((await client.getTask("task_ann")).status, "finished");
  assert.equal(await client.getStatus("task_ann"), "finished");
  assert.deepEqual(await client.getScreenshots("task_ann"), ["a"]);
  const ask = async (path, method = "GET") =>
    (await fetch(url + path, { method, headers: { "x-user": "ann" } })).status;
  assert.equal(await ask("/task/task_ann/stop"), 404);
  assert.equal(await ask("/task/task_ann%2f..%2ftask_bob/gif"), 404);
  assert.equal(await ask("/task/task_ann/gif?task=task_bob"), 404);
  assert.equal(await ask("/task/task_ann", "POST"), 405);
});

test("failures of the API come through without the key, whatever the API says", async () => {
  const raw = async () => {
    const response = await fetch(`${url}/task/task_ann/gif`, { headers: { "x-user": "ann" } });
    const text = await response.text();
    assert.ok(!text.includes(KEY) && ![...response.headers].flat().join().includes(KEY), text);
    return response;
  };
  server.script({ gif: [{ do: "json", status: 429, body: { detail: "slow" }, headers: { "retry-after": "7" } }] });
  const limited = await raw();
  assert.deepEqual([limited.status, limited.headers.get("retry-after")], [429, "7"]);
  for (const answer of [
    { do: "json", status: 401, body: { detail: "{sent} is wrong" } },
    { do: "reset" },
    { do: "json", body: "<html>" },
    { do: "redirect", to: "{foreign}/x" },
  ]) {
    server.script({ gif: [answer] });
    assert.equal((await raw()).status, 502);
    assert.equal(server.requests.filter(({ origin }) => origin === "foreign").length, 0);
  }
});

test("the example is short enough to be read", () => {
  const lines = readFileSync(new URL("../../www/examples/proxy.mjs", import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  assert.ok(lines.length < 80, `${lines.length} lines`);
});
