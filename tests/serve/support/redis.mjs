// A Redis of its own for a test: on a free port of this machine, with its files in a folder that goes with the test.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findRedis } from "../../../scripts/lib/redis.mjs";
import { freePort } from "./free-port.mjs";

/** Why tests with Redis are left out, or false. */
export const withoutRedis = findRedis() ? false : "redis-server is not installed";

/**
 * Starts Redis with an append-only file: `{ url, stop(), start() }`. What it has answered to is kept over `stop`, which
 * is a SIGKILL, and `start`.
 */
export async function redisFor(t) {
  const folder = mkdtempSync(join(tmpdir(), "task-gif-redis-"));
  const port = await freePort();
  let child;
  let closed = Promise.resolve();
  const start = async () => {
    const args = ["--port", port, "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--save", ""];
    child = spawn(findRedis(), args, { stdio: ["ignore", "pipe", "pipe"] });
    closed = new Promise((done) => child.on("close", done));
    await new Promise((ready, fail) => {
      let said = "";
      child.stdout.setEncoding("utf8").on("data", (text) => {
        said += text;
        if (/ready to accept connections/i.test(said)) ready();
      });
      closed.then(() => fail(new Error(`redis did not start: ${said.slice(-500)}`)));
    });
  };
  const stop = async () => {
    child.kill("SIGKILL");
    await closed;
  };
  await start();
  t.after(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { url: `redis://127.0.0.1:${port}`, start, stop };
}
