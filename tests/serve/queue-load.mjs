// npm run test:serve-queue [-- SECONDS TASKS]: what the queue itself takes, with GIFs that are simulated: jobs an hour with 1, 2 and 4
// workers, the time from the end of a task to its GIF, and how fast /gif is answered beside the in-process queue.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { load } from "./support/loading.mjs";
import { redisFor, withoutRedis } from "./support/redis.mjs";
import { call, serve, until, work } from "./support/server.mjs";
import { SIMULATED_WORKER, simulatedShot } from "./support/simulated-work.mjs";

const WORK_MS = 100;
const PACED = 60;
const PACE_MS = 250;
const [LOAD_SECONDS = 20, TASKS = 300] = process.argv.slice(2).map(Number);

if (withoutRedis) throw new Error(withoutRedis);
const at = (values, share) => values[Math.min(values.length - 1, Math.floor(values.length * share))];
const ends = [];
const t = { after: (end) => ends.unshift(end) };

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), "task-gif-queue-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Posts a task; resolves to its id when it has ended. */
async function postOne(api, name) {
  const { id } = (await call(`${api}/task`, { method: "POST", json: { task: name } })).body;
  for (const step of [1, 2]) {
    await call(`${api}/task/${id}/screenshot?step=${step}`, { method: "POST", body: simulatedShot(name, step) });
  }
  await call(`${api}/task/${id}/finish`, { method: "POST" });
  return id;
}

/** Jobs an hour of so many workers that always have something to do, and the time to a GIF when they have not. */
async function measure(workers) {
  const redis = await redisFor(t);
  const [store, running] = [newFolder(), newFolder()];
  const server = await serve(store, ["--queue", redis.url, "--quiet"]);
  const isMade = (id) => existsSync(join(store, id, "gif", "state.json"));
  const ids = [];
  for (let i = 0; i < TASKS; i++) ids.push(await postOne(server.api, `full${i}`));
  const children = Array.from({ length: workers }, () =>
    spawn(process.execPath, [SIMULATED_WORKER, store, redis.url, String(WORK_MS), running]),
  );
  // The first GIFs are left out: programs have to start.
  await until(() => ids.filter(isMade).length >= workers * 2);
  const [before, since] = [ids.filter(isMade).length, performance.now()];
  await until(() => ids.every(isMade), 300_000);
  const perHour = ((TASKS - before) / (performance.now() - since)) * 3_600_000;
  const times = [];
  const watches = [];
  for (let i = 0; i < PACED; i++) {
    const id = await postOne(server.api, `paced${i}`);
    const ended = performance.now();
    watches.push(
      (async () => {
        while (!isMade(id)) await pause(2);
        times.push(performance.now() - ended);
      })(),
    );
    await pause(PACE_MS);
  }
  await Promise.all(watches);
  for (const child of children) child.kill("SIGKILL");
  await server.stop();
  times.sort((a, b) => a - b);
  return { workers, perHour: Math.round(perHour), p50: Math.round(at(times, 0.5)), p99: Math.round(at(times, 0.99)) };
}

/** The 99th percentile of `/gif` under 64 clients, with the in-process queue or with Redis and a worker beside. */
async function gifP99(isEmbedded) {
  const p99 = await answerP99(isEmbedded);
  if (p99 === undefined) throw new Error(`no client came to ask for a GIF in ${LOAD_SECONDS} s: give it longer`);
  return p99;
}

async function answerP99(isEmbedded) {
  const folder = newFolder();
  mkdirSync(folder, { recursive: true });
  if (isEmbedded) return (await load(folder, { clients: 64, seconds: LOAD_SECONDS })).p99;
  const redis = await redisFor(t);
  const worker = await work(folder, redis.url, ["--quiet"]);
  const { p99 } = await load(folder, { clients: 64, seconds: LOAD_SECONDS, args: ["--queue", redis.url] });
  await worker.stop("SIGKILL");
  return p99;
}

const row = (cells) => console.log(`| ${cells.join(" | ")} |`);

try {
  console.log(`a GIF takes ${WORK_MS} ms; ${TASKS} tasks; load of the machine ${loadavg()[0].toFixed(1)}\n`);
  row(["workers", "jobs an hour", "of what is possible", "finish to GIF p50", "p99"]);
  row(["--:", "--:", "--:", "--:", "--:"]);
  for (const workers of [1, 2, 4]) {
    const { perHour, p50, p99 } = await measure(workers);
    const share = Math.round((perHour / ((workers * 3_600_000) / WORK_MS)) * 100);
    row([workers, perHour.toLocaleString("en"), `${share} %`, `${p50} ms`, `${p99} ms`]);
  }
  console.log(`\n\`GET .../gif\` under 64 clients for ${LOAD_SECONDS} s\n`);
  row(["queue", "p99, three runs", "median"]);
  row(["---", "--:", "--:"]);
  const runs = { embedded: [], Redis: [] };
  // In turn, so that whatever else the machine does falls upon both.
  for (let i = 0; i < 3; i++)
    for (const queue of Object.keys(runs)) runs[queue].push(await gifP99(queue === "embedded"));
  const median = (values) => values.toSorted((a, b) => a - b)[1];
  for (const [queue, p99s] of Object.entries(runs)) {
    row([queue, p99s.map((ms) => `${ms.toFixed(1)} ms`).join(", "), `${median(p99s).toFixed(1)} ms`]);
  }
  const ratios = runs.Redis.map((ms, i) => ms / runs.embedded[i]);
  console.log(
    `\nratio of Redis to embedded, median of three pairs: ${median(ratios).toFixed(2)}; load ${loadavg()[0].toFixed(1)}`,
  );
} finally {
  for (const end of ends) await end();
}
