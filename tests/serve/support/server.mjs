// A server of tasks in a process of its own, on a folder that goes away with the test, and what talks to it.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../../dist/cli.node.js", import.meta.url));

/** A folder for tasks, which goes away when the tests of the file are over and nobody writes into it any more. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "task-gif-serve-"));
  folders.push(folder);
  return folder;
}

const folders = [];
process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/**
 * Starts `task-gif serve` and waits until it listens: `{ url, api, child, lines, events, stop(signal) }`. `lines` and
 * `events` grow as the server says something or logs it.
 */
export async function serve(place, args = [], { env = {} } = {}) {
  const port = args.includes("--port") ? [] : ["--port", "0"];
  return service(["serve", place, ...port, ...args], { env });
}

/** Starts `task-gif work` on a store and a queue, with its metrics at `url`; otherwise as `serve`. */
export function work(place, queue, args = [], { env = {} } = {}) {
  return service(["work", "--store", place, "--queue", queue, "--port", "0", ...args], { env });
}

/** Starts a command that goes on until it is told to stop, and waits until it says where it is. */
async function service(command, { env }) {
  const child = spawn(process.execPath, [PROGRAM, ...command], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines = [];
  const events = [];
  const errors = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    if (line.startsWith("{")) events.push(JSON.parse(line));
    else errors.push(line);
  });
  const closed = new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal })));
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      resolve(/http:\/\/[^\s/]+/.exec(line)?.[0]);
    });
    closed.then(() => reject(new Error(`it did not start: ${errors.join("\n")}`)));
  });
  const stop = (signal = "SIGTERM") => {
    child.kill(signal);
    return closed;
  };
  return { url, api: `${url}/api/v1`, child, lines, events, stop };
}

/** Starts a server that ends with the test. */
export async function serveFor(t, place, args, options) {
  const server = await serve(place, args, options);
  t.after(() => server.stop("SIGKILL"));
  return server;
}

/** Starts a worker that ends with the test. */
export async function workFor(t, place, queue, args, options) {
  const worker = await work(place, queue, args, options);
  t.after(() => worker.stop("SIGKILL"));
  return worker;
}

/** Calls the API: `{ status, body, headers }` with the body parsed where it is JSON. */
export async function call(url, { method = "GET", json, body, headers = {} } = {}) {
  const response = await fetch(url, {
    method,
    headers: json === undefined ? headers : { "content-type": "application/json", ...headers },
    body: json === undefined ? body : JSON.stringify(json),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** Posts a task with its screenshots, and ends it; resolves to its id. */
export async function postTask(api, screenshots, { task = "A task", finish = true } = {}) {
  const { id } = (await call(`${api}/task`, { method: "POST", json: { task } })).body;
  for (const [i, body] of screenshots.entries()) {
    const query = new URLSearchParams({ step: i + 1, next_goal: `Goal ${i + 1}`, url: "https://a.example/" });
    await call(`${api}/task/${id}/screenshot?${query}`, { method: "POST", body });
  }
  if (finish) await call(`${api}/task/${id}/finish`, { method: "POST", json: { output: "Done" } });
  return id;
}

/** Waits for the address of a task's GIF. */
export async function gifUrl(api, id, options) {
  for (let i = 0; i < 600; i++) {
    const { body } = await call(`${api}/task/${id}/gif`, options);
    if (body.gif) return body.gif;
    await pause(100);
  }
  throw new Error(`task ${id} has no GIF after a minute`);
}

/** Waits until something is so. */
export async function until(isSo, mostMs = 60_000) {
  for (const since = performance.now(); performance.now() - since < mostMs; await pause(50)) {
    if (await isSo()) return;
  }
  throw new Error(`it is not so after ${mostMs / 1000} s: ${isSo}`);
}
