// loadTaskGif: the server's GIF if there is one, local assembly if not, and why.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { loadTaskGif, TaskClient } from "../../dist/index.node.js";
import { blobsOf } from "../node/support/fixtures.mjs";
import { startFaultServer } from "./support/fault-server.mjs";

const json = (body, more = {}) => ({ do: "json", body, ...more });
const READY = json({ gif: "{media}/a.gif" });
const NULL = json({ gif: null });
const GONE = json({ detail: "Task not found" }, { status: 404 });
let server;
let client;

before(async () => {
  server = await startFaultServer();
  client = new TaskClient({ baseUrl: `${server.origins.api}/api/v1` });
});
after(() => server.close());

const finished = json({ id: "task_1", status: "finished", steps: [], finished_at: new Date().toISOString() });
const listed = json({ screenshots: ["{media}/step_1.png", "{media}/step_2.png"] });

test("the server's GIF comes first", async () => {
  server.script({ gif: [READY], media: [{ do: "file" }] });
  const progress = [];
  const onDownload = (info) => progress.push(info);
  const gif = await loadTaskGif("task_1", { client, screenshots: blobsOf("shop"), onDownload });
  assert.deepEqual([gif.source, gif.why.code, gif.width, gif.blob.size], ["server", "READY", 2, 72]);
  assert.deepEqual(progress.at(-1), { received: 72, total: 72 });
});

test("without one the given screenshots are assembled, and it says why", async () => {
  server.script({ gif: [NULL], status: [json('"running"')] });
  const gif = await loadTaskGif("task_1", { client, screenshots: blobsOf("shop"), delay: 1000 });
  assert.deepEqual([gif.source, gif.why.code, gif.why.unavailable], ["local", "NOT_READY", "not_finished"]);
  assert.match(gif.why.message, /the task is not finished/);
  assert.ok(gif.frames.length > 1 && gif.stats.workers > 0);
});

test("every kind of failure of the server leads to local assembly", async () => {
  const table = [
    [{ gif: [json({}, { status: 403 })] }, "FORBIDDEN"],
    [{ gif: [json("<html>")] }, "BAD_RESPONSE"],
    [{ gif: [GONE], task: [GONE] }, "NOT_FOUND"],
    [{ gif: [json({ gif: "{foreign}/a.gif" })] }, "MEDIA_URL"],
    [{ gif: [READY], media: [{ do: "file", name: "noTrailer" }] }, "BAD_MEDIA"],
    [{ gif: [READY], media: [{ do: "file", status: 410 }] }, "EXPIRED"],
  ];
  const screenshots = blobsOf("shop");
  for (const [script, code] of table) {
    server.script(script);
    const gif = await loadTaskGif("task_1", { client, screenshots });
    assert.deepEqual([gif.source, gif.why.code], ["local", code]);
  }
});

test("without screenshots those of the API are fetched", async () => {
  server.script({
    gif: [NULL],
    status: [json('"finished"')],
    task: [finished],
    screenshots: [listed],
    media: [{ do: "file", name: "png", type: "image/png" }],
  });
  const gif = await loadTaskGif("task_1", { client, keepDuplicates: true });
  assert.deepEqual([gif.source, gif.why.code, gif.frames.length], ["local", "NOT_READY", 2]);
});

test("a preference for local assembly is kept, and the server helps out", async () => {
  const screenshots = blobsOf("shop");
  server.script({ gif: [READY], media: [{ do: "file" }] });
  const local = await loadTaskGif("task_1", { client, screenshots, prefer: "local" });
  assert.deepEqual([local.source, local.why.code, server.requests.length], ["local", "PREFERRED", 0]);
  const helped = await loadTaskGif("task_1", { client, screenshots: [screenshots[0]], prefer: "local" });
  assert.deepEqual([helped.source, helped.why.code], ["server", "TOO_FEW_SCREENSHOTS"]);
});

test("without a client it is local", async () => {
  const gif = await loadTaskGif("task_1", { screenshots: blobsOf("shop") });
  assert.deepEqual([gif.source, gif.why.code], ["local", "NO_CLIENT"]);
});

test("when both ways fail, the preferred one's error says so and carries the other", async () => {
  server.script({ gif: [json({}, { status: 403 })] });
  await assert.rejects(loadTaskGif("task_1", { client, screenshots: [] }), (error) => {
    assert.deepEqual([error.code, error.cause.code], ["FORBIDDEN", "TOO_FEW_SCREENSHOTS"]);
    return true;
  });
});

test("wrong arguments and aborted calls are no reason to try the other way", async () => {
  server.script({ gif: [READY], media: [{ do: "file" }] });
  const screenshots = blobsOf("shop");
  await assert.rejects(loadTaskGif("a/b", { client, screenshots }), /^TypeError: taskId/);
  await assert.rejects(loadTaskGif("task_1", {}), /^TypeError: options: expected a client, screenshots, or both/);
  await assert.rejects(loadTaskGif("task_1", { client, screenshots, prefer: "both" }), /^TypeError: options\.prefer/);
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(loadTaskGif("task_1", { client, screenshots, signal }), /^Error: enough/);
});

test("the client's own entry works in Node, too", async () => {
  const entry = await import("../../dist/client/index.node.js");
  const own = new entry.TaskClient({ baseUrl: `${server.origins.api}/api/v1` });
  server.script({ gif: [NULL], status: [json('"running"')] });
  const gif = await entry.loadTaskGif("task_1", { client: own, screenshots: blobsOf("shop") });
  assert.deepEqual([gif.source, gif.why.code], ["local", "NOT_READY"]);
});
