// Many servers and workers on one store and one queue: each GIF is made once, by a worker, whatever the store is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf } from "../node/support/fixtures.mjs";
import { redisFor, withoutRedis } from "./support/redis.mjs";
import { CREDENTIALS, findS3sFs, motoS3, ownS3, pythonWithMoto, s3sFs, VARIABLES } from "./support/s3.mjs";
import { call, gifUrl, postTask, scratch, serveFor, until, workFor } from "./support/server.mjs";

const SHOTS = bytesOf("shop").slice(0, 4);
const TASKS = 6;
const python = pythonWithMoto();
const s3sProgram = findS3sFs();

test("on one folder each GIF is made once, and not by a server", { skip: withoutRedis }, (t) =>
  assertMadeOnce(t, scratch(t), []),
);

for (const [name, { open, lacks }] of Object.entries({
  "an S3 store": { open: ownS3 },
  "moto's S3": { open: () => motoS3(python), lacks: !python && "moto's server is not installed" },
  "s3s-fs": { open: () => s3sFs(s3sProgram), lacks: !s3sProgram && "s3s-fs is not installed" },
})) {
  test(`on ${name} each GIF is made once, and not by a server`, { skip: withoutRedis || lacks }, async (t) => {
    const { endpoint, close } = await open();
    t.after(close);
    await assertMadeOnce(t, "s3://tasks/live", ["--s3-endpoint", endpoint], { env: VARIABLES });
  });
}

test("credentials of the store are in no answer and in no log", async (t) => {
  const { endpoint, close } = await ownS3();
  const server = await serveFor(t, "s3://tasks", ["--s3-endpoint", endpoint], { env: VARIABLES });
  await postTask(server.api, SHOTS.slice(0, 1));
  close();
  const { status, body } = await call(`${server.api}/task/none`);
  assert.deepEqual([status, body], [500, { detail: "Internal Server Error" }]);
  assert.doesNotMatch(JSON.stringify(server.events), new RegExp(CREDENTIALS.secretAccessKey));
});

test("a bucket that ignores conditions, or cannot be written, is refused before the server starts", async (t) => {
  const careless = await ownS3({ conditions: false });
  t.after(careless.close);
  const start = (endpoint) => serveFor(t, "s3://tasks", ["--s3-endpoint", endpoint], { env: VARIABLES });
  await assert.rejects(start(careless.endpoint), /s3:\/\/tasks: the service writes over what is there.*If-None-Match/);
  assert.deepEqual(careless.keys(), []);
  const sound = await ownS3();
  t.after(sound.close);
  await start(sound.endpoint);
  assert.deepEqual(sound.keys(), []);
  const env = { ...VARIABLES, AWS_ACCESS_KEY_ID: "another" };
  await assert.rejects(serveFor(t, "s3://tasks", ["--s3-endpoint", sound.endpoint], { env }), /answered 403/);
});

test("a flag may stand in the environment, and counts less than one on the command line", async (t) => {
  const folder = scratch(t);
  const variables = {
    TASK_GIF_PUBLIC_URL: "https://gifs.example.com",
    TASK_GIF_QUIET: "true",
    TASK_GIF_KEEP_DAYS: "7",
  };
  const server = await serveFor(t, folder, ["--keep-days", "9"], { env: variables });
  const id = await postTask(server.api, SHOTS);
  assert.match(await gifUrl(server.api, id), /^https:\/\/gifs\.example\.com\/gifs\//);
  assert.deepEqual(server.events, []);
  await assert.rejects(serveFor(t, folder, [], { env: { TASK_GIF_KEEP_DAYS: "soon" } }), /expected a whole number/);
  await assert.rejects(serveFor(t, folder, [], { env: { TASK_GIF_QUIET: "perhaps" } }), /TASK_GIF_QUIET: expected/);
});

/** Two servers and two workers: tasks are posted to both servers, and each asked for at the other. */
async function assertMadeOnce(t, place, args, options) {
  const { url } = await redisFor(t);
  const start = () => serveFor(t, place, ["--queue", url, ...args], options);
  const servers = [await start(), await start()];
  const workers = [await workFor(t, place, url, args, options), await workFor(t, place, url, args, options)];
  const ids = await Promise.all(Array.from({ length: TASKS }, (_, i) => postTask(servers[i % 2].api, SHOTS)));
  const gifs = [];
  for (const [i, id] of ids.entries()) {
    const address = await gifUrl(servers[(i + 1) % 2].api, id);
    gifs.push(Buffer.from(await (await fetch(address)).arrayBuffer()));
  }
  for (const gif of gifs) assert.deepEqual(gif, gifs[0]);
  const made = (services) =>
    services.flatMap(({ events }) => events.filter(({ event }) => event === "gif_ready")).map(({ task }) => task);
  await until(() => made(workers).length === TASKS);
  assert.deepEqual([made(workers).sort(), made(servers)], [ids.sort(), []]);
  const errors = [...servers, ...workers].flatMap(({ events }) => events.filter(({ event }) => /error/.test(event)));
  assert.deepEqual(errors, []);

  const { body: health } = await call(`${servers[0].url}/healthz`);
  const idle = { waiting: 0, active: 0, delayed: 0, failed: 0, oldestMs: 0 };
  assert.deepEqual(health, { status: "ok", queued: 0, queue: idle });
  assert.deepEqual((await call(`${workers[0].url}/healthz`)).body, health);
  const metrics = await Promise.all(workers.map(async (worker) => (await call(`${worker.url}/metrics`)).body));
  const ready = metrics.map((text) => Number(/^task_gif_gifs_total\{result="ready"\} (\d+)$/m.exec(text)?.[1] ?? 0));
  assert.equal(ready[0] + ready[1], TASKS);
  assert.match(metrics[0], /^task_gif_jobs\{state="waiting"\} 0$/m);
  for (const service of [...workers, ...servers]) assert.deepEqual(await service.stop(), { code: 0, signal: null });
}
