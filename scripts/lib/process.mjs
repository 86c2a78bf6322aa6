// Starting other programs: found on PATH, their output either passed through or read.
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { StepError } from "./report.mjs";

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

const IS_WINDOWS = process.platform === "win32";
const EXECUTABLE_SUFFIX = IS_WINDOWS ? ".exe" : "";

/** Adds ".exe" where programs have it. */
export const executable = (name) => name + EXECUTABLE_SUFFIX;

/** Whether `path` is a file that may be run. */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The full path of the first of `names` found on PATH, or undefined. */
export function which(...names) {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, executable(name));
      if (isExecutable(path)) return path;
    }
  }
  return undefined;
}

/** Standard output of a short command, trimmed, or undefined when it cannot be run or fails. */
export function read(command, args, { env, cwd = ROOT } = {}) {
  const result = spawnSync(command, args, { cwd, env: merged(env), encoding: "utf8", timeout: 60_000 });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/**
 * Runs a command with its output passed through (or only collected, with `quiet`).
 * Resolves to `{ code, output }`; `output` is empty unless `quiet` or `collect` is set.
 */
export function start(command, args, { env, cwd = ROOT, quiet = false, collect = false } = {}) {
  const piped = quiet || collect;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: merged(env),
      stdio: ["ignore", piped ? "pipe" : "inherit", piped ? "pipe" : "inherit"],
      // npm is a command file on Windows, which only a shell can start.
      shell: IS_WINDOWS && /\.cmd$/.test(command),
    });
    const chunks = [];
    const take = (target) => (chunk) => {
      chunks.push(chunk);
      if (!quiet) target.write(chunk);
    };
    child.stdout?.on("data", take(process.stdout));
    child.stderr?.on("data", take(process.stderr));
    child.on("error", (error) => resolve({ code: 127, output: `${command}: ${error.message}` }));
    child.on("close", (code, signal) => {
      const output = Buffer.concat(chunks).toString("utf8");
      resolve({ code: code ?? 1, output: signal ? `${output}\nended by ${signal}` : output });
    });
  });
}

/** Like `start`, but a failure is a `StepError` that carries `advice`. */
export async function run(command, args, { advice, what, ...options } = {}) {
  const { code, output } = await start(command, args, options);
  if (code === 0) return output;
  const shown = options.quiet ? `\n${lastLines(output, 20)}` : "";
  throw new StepError(`${what ?? `${command} ${args.join(" ")}`} ended with code ${code}${shown}`, advice);
}

/** The last `count` lines of a text. */
export function lastLines(text, count) {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}

// A variable set to undefined is taken out of the environment.
function merged(env) {
  const all = { ...process.env, ...env };
  for (const key of Object.keys(all)) if (all[key] === undefined) delete all[key];
  return all;
}
