// The command line as its users run it: another process, with its output and its exit code.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../../dist/cli.node.js", import.meta.url));

/** Starts the program; `{ child, done }`, where `done` resolves to `{ code, signal, stdout, stderr }`. */
export function start(args, { cwd, env = {} } = {}) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd, env: { ...process.env, ...env } });
  const out = [];
  const err = [];
  child.stdout.on("data", (chunk) => out.push(chunk));
  child.stderr.on("data", (chunk) => err.push(chunk));
  const done = new Promise((resolve) => {
    child.on("close", (code, signal) => {
      resolve({ code, signal, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString() });
    });
  });
  return { child, done };
}

/** Runs the program to its end. */
export const run = (args, options) => start(args, options).done;

/** A folder that goes away with the test. */
export function scratch(t) {
  const folder = mkdtempSync(join(tmpdir(), "task-gif-cli-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
