// Servers, workers and Redis that are killed while tasks come in and are made, and what has to hold all the same.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { redisFor } from "./redis.mjs";
import { call, serve } from "./server.mjs";
import { SIMULATED_WORKER, simulatedGif, simulatedShot } from "./simulated-work.mjs";

const SERVERS = 2;
const WORKERS = 3;
const CLIENTS = 8;
const REDIS_AWAY_MS = 1000;
/** How long nothing may be made: longer than the lock of a dead worker and the checks for it take together. */
const PATIENCE_MS = 120_000;

/**
 * Posts so many tasks and drains them, with so many SIGKILLs in between: of servers, workers and Redis, in turn, and
 * once Redis stays away for `awayMs`. To make a GIF takes `workMs`. Throws when an acknowledged screenshot is lost, a GIF is
 * missing, partial, or made by two at a time, or when nothing is acknowledged while Redis is away that long.
 */
export async function drain(t, folder, { tasks, kills, workMs = 100, awayMs = 5000, say = () => {} }) {
  const [store, running] = [join(folder, "store"), join(folder, "running")];
  for (const path of [store, running]) mkdirSync(path);
  const redis = await redisFor(t);
  const servers = [];
  const startServer = async (i, port) => {
    servers[i] = await serve(store, ["--queue", redis.url, "--quiet", ...(port ? ["--port", port] : [])]);
  };
  const workers = [];
  const startWorker = async (i) => {
    const child = spawn(process.execPath, [SIMULATED_WORKER, store, redis.url, String(workMs), running]);
    const closed = new Promise((done) => child.on("close", done));
    workers[i] = { child, closed };
    await new Promise((ready) => child.stdout.once("data", ready));
  };
  await Promise.all([
    ...Array.from({ length: SERVERS }, (_, i) => startServer(i)),
    ...Array.from({ length: WORKERS }, (_, i) => startWorker(i)),
  ]);
  const state = { finished: [], acknowledged: 0, isPosting: true };
  const made = new Set();
  const countMade = () => {
    for (const { id } of state.finished) {
      if (!made.has(id) && existsSync(join(store, id, "gif", "execution.gif"))) made.add(id);
    }
    return made.size;
  };
  let [takenWhileAway, wasPosting] = [0, false];
  try {
    const clients = Array.from({ length: CLIENTS }, (_, i) => post(servers, state, i, Math.ceil(tasks / CLIENTS)));
    let killed = { server: 0, worker: 0, redis: 0 };
    const killing = (async () => {
      for (let i = 0; i < kills; i++) {
        await pause(200 + Math.random() * 600);
        // Of ten kills seven are of workers.
        const kind = i % 10 === 4 ? "redis" : i % 10 === 2 || i % 10 === 7 ? "server" : "worker";
        killed = { ...killed, [kind]: killed[kind] + 1 };
        if (kind === "redis") {
          await redis.stop();
          const before = state.acknowledged;
          await pause(i < 10 ? awayMs : REDIS_AWAY_MS * Math.random());
          if (i < 10) [takenWhileAway, wasPosting] = [state.acknowledged - before, state.isPosting];
          await redis.start();
        } else if (kind === "server") {
          const server = Math.floor(Math.random() * SERVERS);
          const { port } = new URL(servers[server].url);
          await servers[server].stop("SIGKILL");
          await startServer(server, port);
        } else {
          const worker = Math.floor(Math.random() * WORKERS);
          workers[worker].child.kill("SIGKILL");
          await workers[worker].closed;
          await startWorker(worker);
        }
        if ((i + 1) % 10 === 0) say(`${i + 1} kills: ${state.finished.length} tasks finished, ${countMade()} made`);
      }
    })();
    const posting = Promise.all(clients).then(() => {
      state.isPosting = false;
    });
    await Promise.all([posting, killing]);
    for (let before = -1; countMade() < state.finished.length; ) {
      assert.ok(made.size > before, `nothing was made for ${PATIENCE_MS / 1000} s: ${made.size} are`);
      before = made.size;
      say(`${state.finished.length} tasks finished, ${before} made`);
      const since = performance.now();
      const isOver = () => performance.now() - since > PATIENCE_MS || countMade() === state.finished.length;
      while (!isOver()) await pause(250);
    }
    check(store, running, state);
    // Clients may have nothing left to post by then.
    if (wasPosting) assert.ok(takenWhileAway > 0, "nothing was acknowledged while Redis was away");
    return { tasks: state.finished.length, screenshots: state.acknowledged, takenWhileAway, ...killed };
  } finally {
    for (const { stop } of servers) await stop("SIGKILL");
    for (const { child } of workers) child.kill("SIGKILL");
  }
}

/** A client that posts tasks one after another, and tries each request until it is answered. */
async function post(servers, state, client, count) {
  const ask = async (path, init) => {
    for (let i = 0; ; i++) {
      const { api } = servers[(client + i) % servers.length];
      const answer = await call(`${api}${path}`, init).catch(() => undefined);
      if (answer?.status === 200) return answer.body;
      assert.ok(answer === undefined || answer.status === 429, `${path}: ${answer?.status}`);
      await pause(50);
    }
  };
  for (let i = 0; i < count; i++) {
    const name = `client${client}-${i}`;
    const steps = 2 + (i % 3);
    const { id } = await ask("/task", { method: "POST", json: { task: name } });
    for (let step = 1; step <= steps; step++) {
      await ask(`/task/${id}/screenshot?step=${step}`, { method: "POST", body: simulatedShot(name, step) });
      state.acknowledged++;
    }
    await ask(`/task/${id}/finish`, { method: "POST" });
    state.finished.push({ id, name, steps });
  }
}

function readable(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** After everything: all that was acknowledged is there, each GIF is whole, and none was made by two at a time. */
function check(store, running, { finished }) {
  for (const { id, name, steps } of finished) {
    for (let step = 1; step <= steps; step++) {
      const bytes = readable(join(store, id, `step_${step}.png`));
      assert.ok(bytes?.equals(simulatedShot(name, step)), `task ${id}: step ${step} was acknowledged and is gone`);
    }
    assert.ok(readable(join(store, id, "gif", "execution.gif")).equals(simulatedGif(name, steps)), `${id}: not whole`);
  }
  const twice = readdirSync(running).filter((file) => file.startsWith("twice-"));
  assert.deepEqual(twice, []);
}
