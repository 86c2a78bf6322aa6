// Many runs at once, in a folder that workers see too or in a bucket: each GIF once, with a summary, and resumable.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { FileStore, S3Store } from "../../dist/serve/index.node.js";
import { bytesOf } from "../node/support/fixtures.mjs";
import { redisFor, withoutRedis } from "../serve/support/redis.mjs";
import { CREDENTIALS, ownS3, VARIABLES } from "../serve/support/s3.mjs";
import { scratch, workFor } from "../serve/support/server.mjs";
import { run } from "./support/cli.mjs";

const SHOTS = bytesOf("shop").slice(0, 3);
const RUNS = 12;
const bytes = (value) => new TextEncoder().encode(JSON.stringify(value));

/** Runs of two screenshots, one of a single one, and one that goes on. */
async function fill(store) {
  for (let i = 0; i < RUNS; i++) {
    await store.write(`run-${i}/1.png`, SHOTS[i % 2]);
    await store.write(`run-${i}/2.png`, SHOTS[2]);
    await store.write(`run-${i}/task.json`, bytes({ task: `Run ${i}`, status: "finished" }));
  }
  await store.write("single/1.png", SHOTS[0]);
  await store.write("single/task.json", bytes({ task: "Single", status: "finished" }));
  await store.write("young/1.png", SHOTS[0]);
  await store.write("young/task.json", bytes({ task: "Young", status: "running" }));
}

function assertSummary(folder, name = "runs.json") {
  const outcomes = JSON.parse(readFileSync(join(folder, name), "utf8"));
  const gifs = outcomes.filter(({ gif }) => gif);
  assert.equal(gifs.length, RUNS);
  for (const { gif, bytes } of gifs) assert.equal(readFileSync(join(folder, gif)).length, bytes);
  const errors = outcomes.flatMap(({ name, error }) => (error ? [[name, error.code]] : []));
  assert.deepEqual(errors.sort(), [
    ["single", "TOO_FEW_SCREENSHOTS"],
    ["young", "NOT_FINISHED"],
  ]);
  return outcomes;
}

test("workers on a queue make the runs of a folder, each once, however often it is asked for", {
  skip: withoutRedis,
}, async (t) => {
  const { url } = await redisFor(t);
  const [folder, out] = [scratch(t), join(scratch(t), "gifs")];
  await fill(new FileStore(folder));
  const workers = [await workFor(t, folder, url), await workFor(t, folder, url)];
  const made = () => workers.flatMap(({ events }) => events.filter(({ event }) => event === "gif_ready"));
  const make = (...options) => run(["make", folder, "--run", "all", "--queue", url, "-o", out, "--quiet", ...options]);
  assert.equal((await make()).code, 0);
  assertSummary(out);
  assert.deepEqual(new Set(made().map(({ task }) => task)).size, RUNS);
  assert.equal(made().length, RUNS);
  const before = readFileSync(join(out, "run-0.gif"));
  // Once more makes nothing; what was lost from the output comes from the store again.
  rmSync(join(out, "run-0.gif"));
  assert.equal((await make()).code, 0);
  assert.deepEqual(readFileSync(join(out, "run-0.gif")), before);
  assert.equal(made().length, RUNS);
  // With other options it is another GIF.
  assert.equal((await make("--scale", "0.5")).code, 0);
  assert.equal(made().length, 2 * RUNS);
  assert.ok(readFileSync(join(out, "run-0.gif")).length < before.length);
});

test("the runs in a bucket are made here, where there is no queue", async (t) => {
  const { endpoint, close } = await ownS3();
  t.after(close);
  const store = new S3Store({ endpoint, bucket: "tasks", prefix: "nightly", ...CREDENTIALS });
  await fill(store);
  const out = join(scratch(t), "gifs");
  const args = ["make", "s3://tasks/nightly", "--s3-endpoint", endpoint, "--run", "all", "-o", out, "--json"];
  const { code, stdout } = await run(args, { env: VARIABLES });
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout.toString()), assertSummary(out));
  assert.equal((await store.list(".task-gif/gifs")).length, RUNS);
  assert.deepEqual(await store.list(".task-gif/pending"), []);
});

test("an option that a server would not take is refused", async (t) => {
  const { endpoint, close } = await ownS3();
  t.after(close);
  await fill(new S3Store({ endpoint, bucket: "tasks", ...CREDENTIALS }));
  const out = scratch(t);
  const args = ["make", "s3://tasks", "--s3-endpoint", endpoint, "--run", "all", "-o", out, "--on-bad-frame", "skip"];
  const { code, stderr } = await run(args, { env: VARIABLES });
  assert.equal(code, 2);
  assert.match(stderr.toString(), /USAGE: with a store: .*onBadFrame/);
  assert.equal((await run(["make", out, "--queue", "redis://localhost", "-o", "x.gif"])).code, 2);
});

test("a batch on this machine goes on where it was", async (t) => {
  const [folder, out] = [scratch(t), join(scratch(t), "gifs")];
  for (let i = 0; i < 3; i++) {
    mkdirSync(join(folder, `run-${i}`));
    for (const step of [0, 1]) writeFileSync(join(folder, `run-${i}`, `${step}.png`), SHOTS[step]);
  }
  const make = () => run(["make", folder, "--run", "all", "-o", out]);
  assert.equal((await make()).code, 0);
  const names = readdirSync(out);
  const [first] = names.filter((name) => name.endsWith(".gif"));
  const before = readFileSync(join(out, first));
  rmSync(join(out, first));
  const { stderr } = await make();
  assert.equal(stderr.toString().match(/is there already/g).length, 2);
  assert.deepEqual([readdirSync(out), readFileSync(join(out, first))], [names, before]);
});
