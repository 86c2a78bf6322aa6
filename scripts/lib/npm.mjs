// The npm packages: installed from the lock file when node_modules does not match it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run, which } from "./process.mjs";
import { elapsed, StepError, say } from "./report.mjs";

const ADVICE = "Install the npm packages by hand with: npm ci";

/** Installs what package-lock.json names unless node_modules already holds exactly that. */
export async function ensurePackages() {
  if (packagesMatchLock()) return false;
  const npm = npmCommand();
  const since = Date.now();
  say("npm", "installing the packages of package-lock.json");
  await run(npm.command, [...npm.args, "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    quiet: true,
    advice: ADVICE,
    what: "npm ci",
  });
  say("npm", `packages installed in ${elapsed(since)}`);
  return true;
}

/** Compares the versions in node_modules, as npm noted them there, with the lock file. */
function packagesMatchLock() {
  const notedPath = join(ROOT, "node_modules/.package-lock.json");
  if (!existsSync(notedPath)) return false;
  const locked = packagesOf(join(ROOT, "package-lock.json"));
  const noted = packagesOf(notedPath);
  return Object.entries(locked).every(([path, entry]) => {
    if (path === "") return true;
    // Builds for other systems are locked but not installed.
    if (!noted[path]) return entry.optional === true;
    return noted[path].version === entry.version && existsSync(join(ROOT, path));
  });
}

function packagesOf(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
}

function npmCommand() {
  // Set by npm itself for its scripts; starting it through node works on every system.
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script)) return { command: process.execPath, args: [script] };
  const command = which("npm") ?? (process.platform === "win32" ? "npm.cmd" : undefined);
  if (!command) throw new StepError("npm was not found", "Install npm (it comes with Node.js) and run this again.");
  return { command, args: [] };
}

/** The full path of a program that an npm package brought. */
export const packageProgram = (path) => join(ROOT, "node_modules", path);
