// Whoever is configured is told of each GIF that is ready or has failed: signed, again until it answers, and nobody else.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { createTaskServer, FileStore } from "../../dist/serve/index.node.js";
import { run } from "../cli/support/cli.mjs";
import { bytesOf } from "../node/support/fixtures.mjs";
import { readBlocks } from "../package/blocks/read.mjs";
import { freePort } from "./support/free-port.mjs";
import { redisFor, withoutRedis } from "./support/redis.mjs";
import { call, postTask, scratch, serveFor, until, workFor } from "./support/server.mjs";
import { receiver, SECRET } from "./support/webhook-receiver.mjs";

const SHOTS = bytesOf("shop").slice(0, 3);
const flags = ({ url }) => ["--webhook", url];
const env = { TASK_GIF_WEBHOOK_SECRET: SECRET };

/** The receiver's side as the guide to self-hosting writes it. */
async function readWebhookOfGuide(folder) {
  const [, { code }] = [...readBlocks()].find(
    ([name, block]) => name.startsWith("self-hosting.md ") && block.code.includes("function readWebhook"),
  );
  writeFileSync(join(folder, "read-webhook.mjs"), code);
  process.env.TASK_GIF_WEBHOOK_SECRET = SECRET;
  try {
    return (await import(pathToFileURL(join(folder, "read-webhook.mjs")))).readWebhook;
  } finally {
    delete process.env.TASK_GIF_WEBHOOK_SECRET;
  }
}

test("each GIF that is ready or cannot be made is told once, signed as the standard says", async (t) => {
  const hook = await receiver(t);
  const folder = scratch(t);
  const server = await serveFor(t, folder, [...flags(hook), "--public-url", "http://gifs.example"], { env });
  const ready = await postTask(server.api, SHOTS, { task: "Buy a kettle" });
  await until(() => hook.messages.length === 1);
  const { id, type, timestamp, data } = hook.messages[0];
  assert.match(id, /^msg_[0-9a-f]{32}$/);
  assert.equal(type, "gif.ready");
  assert.ok(Math.abs(Date.now() - Date.parse(timestamp)) < 600_000, timestamp);
  assert.deepEqual(data, {
    id: ready,
    task: "Buy a kettle",
    status: "finished",
    gif: `http://gifs.example/gifs/${ready}/execution.gif`,
    poster: `http://gifs.example/posters/${ready}/poster.png`,
  });

  const few = await postTask(server.api, SHOTS.slice(0, 1));
  await until(() => hook.messages.length === 2);
  assert.deepEqual([hook.messages[1].type, hook.messages[1].data.id], ["gif.failed", few]);
  assert.equal(hook.messages[1].data.code, "TOO_FEW_SCREENSHOTS");

  // Asked for once more with the same outcome nothing is made, and nothing told; with other options both are.
  await call(`${server.api}/task/${ready}/finish`, { method: "POST" });
  await call(`${server.api}/task/${ready}/gif`, { method: "POST", json: { scale: 0.5 } });
  await until(() => hook.messages.length === 3);
  assert.deepEqual([hook.messages[2].type, hook.messages[2].data.id], ["gif.ready", ready]);
  assert.equal(new Set(hook.messages.map((message) => message.id)).size, 3);
  // The snippet in the guide takes these messages, and none that was changed, is old, or comes from somebody else.
  const readWebhook = await readWebhookOfGuide(scratch(t));
  const { headers, body } = hook.requests[0];
  assert.deepEqual(readWebhook(headers, body), JSON.parse(body));
  assert.equal(readWebhook(headers, `${body} `), undefined);
  assert.equal(readWebhook({ ...headers, "webhook-id": "msg_other" }, body), undefined);
  assert.equal(readWebhook({ ...headers, "webhook-timestamp": "1" }, body), undefined);
  assert.equal(readWebhook({ ...headers, "webhook-signature": "v1,AAAA" }, body), undefined);
  assert.equal(readWebhook({}, body), undefined);

  await until(() => !existsSync(join(folder, ".task-gif/webhooks")));
  const log = JSON.stringify(server.events);
  assert.ok(server.events.some(({ event, task }) => event === "webhook_sent" && task === few));
  for (const secret of [SECRET, SECRET.slice(6), "token-in-path"])
    assert.ok(!log.includes(secret), "a secret is in the log");
});

test("a receiver that fails or redirects is asked again; nobody else ever is", async (t) => {
  const stranger = await receiver(t);
  const hook = await receiver(t, { answers: [[500], [307, { location: stranger.url }], [204]] });
  const server = await serveFor(t, scratch(t), flags(hook), { env });
  await postTask(server.api, SHOTS);
  await until(() => hook.messages.length === 1);
  await until(() => server.events.some(({ event }) => event === "webhook_sent"));
  assert.equal(hook.requests.length, 3);
  assert.equal(new Set(hook.requests.map(({ headers }) => headers["webhook-id"])).size, 1);
  assert.equal(stranger.requests.length, 0);
  const metrics = (await call(`${server.url}/metrics`)).body;
  assert.match(metrics, /^task_gif_webhooks_total\{result="retried"\} 2$/m);
  assert.match(metrics, /^task_gif_webhooks_total\{result="sent"\} 1$/m);
});

test("a receiver that wants no more of a message, as 410 says, is not asked again", async (t) => {
  const hook = await receiver(t, { answers: [[410]] });
  const server = await serveFor(t, scratch(t), flags(hook), { env });
  const id = await postTask(server.api, SHOTS);
  await until(() => server.events.some(({ event }) => event === "webhook_failed"));
  const { task, attempts, error } = server.events.find(({ event }) => event === "webhook_failed");
  assert.deepEqual([task, attempts, error], [id, 1, "expected a status from 200 to 299, found 410"]);
  assert.equal(hook.requests.length, 1);
});

test("a receiver that is away hears of it when it is back", async (t) => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/hooks/token-in-path`;
  const server = await serveFor(t, scratch(t), flags({ url }), { env });
  const id = await postTask(server.api, SHOTS);
  await until(() => server.events.some(({ event }) => event === "webhook_error"));
  const told = server.events.find(({ event }) => event === "webhook_error");
  assert.deepEqual([told.task, told.error], [id, "fetch failed: ECONNREFUSED"]);
  assert.doesNotMatch(JSON.stringify(server.events), /token-in-path/);
  const hook = await receiver(t, { port });
  await until(() => hook.messages.length === 1);
  assert.equal(hook.messages[0].data.id, id);
});

test("a message outlives the server, and one that nobody takes ends in the log", async (t) => {
  const folder = scratch(t);
  const hook = await receiver(t, { answers: Array.from({ length: 40 }, () => [500]) });
  const events = [];
  const options = {
    store: new FileStore(folder),
    log: (event) => events.push(event),
    webhook: { url: hook.url, secret: SECRET },
    assemble: async () => ({ blob: new Blob(["GIF89a"]) }),
  };
  const first = createTaskServer(options);
  const ask = (path, init) => first.fetch(new Request(`http://localhost/api/v1${path}`, { method: "POST", ...init }));
  const { id } = await (await ask("/task", { body: JSON.stringify({ task: "x" }) })).json();
  for (const body of SHOTS) await ask(`/task/${id}/screenshot`, { body });
  await ask(`/task/${id}/finish`);
  await first.sweep();
  await first.stop();
  assert.deepEqual(readdirSync(join(folder, ".task-gif/webhooks")), [`${id}.json`]);
  // Each sweep of a server that starts again tries once.
  for (let i = 0; i < 30 && !events.some(({ event }) => event === "webhook_failed"); i++) {
    const next = createTaskServer(options);
    await next.sweep();
    await next.stop();
  }
  const told = events.filter(({ event }) => event === "webhook_failed");
  assert.deepEqual(
    told.map(({ task, attempts, error }) => [task, attempts, error]),
    [[id, 20, "expected a status from 200 to 299, found 500"]],
  );
  assert.ok(!existsSync(join(folder, ".task-gif/webhooks", `${id}.json`)));
  assert.equal(hook.requests.length, 20);
  assert.equal(JSON.parse(readFileSync(join(folder, id, "gif/state.json"), "utf8")).state, "ready");
});

test("workers on a queue tell, and messages wait there too", { skip: withoutRedis }, async (t) => {
  const redis = await redisFor(t);
  const folder = scratch(t);
  const hook = await receiver(t, { answers: [[503]] });
  const server = await serveFor(t, folder, ["--queue", redis.url]);
  await workFor(t, folder, redis.url, flags(hook), { env });
  const id = await postTask(server.api, SHOTS);
  await until(() => hook.messages.length === 1);
  assert.deepEqual([hook.requests.length, hook.messages[0].data.id], [2, id]);
  assert.deepEqual(Object.keys(hook.messages[0].data), ["id", "task", "status"]);
});

test("an address and a secret that cannot be used are refused, and not repeated", async (t) => {
  const folder = scratch(t);
  for (const [args, expected] of [
    [["--webhook", "https://a.example/x"], /go together/],
    [["--webhook-secret", SECRET], /go together/],
    [["--webhook", "ftp://a.example/x", "--webhook-secret", SECRET], /--webhook: expected an address/],
    [["--webhook", "https://u:hidden@a.example/x", "--webhook-secret", SECRET], /--webhook: expected an address/],
    [["--webhook", "https://a.example/x", "--webhook-secret", "whsec_hidden"], /--webhook-secret: expected whsec_/],
    [["--webhook", "https://a.example/x", "--webhook-secret", SECRET, "--queue", "redis://localhost"], /task-gif work/],
  ]) {
    const { code, stderr } = await run(["serve", folder, ...args]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, expected);
    assert.doesNotMatch(stderr, /hidden/);
  }
});
