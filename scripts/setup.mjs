#!/usr/bin/env node
// Sets up what is missing to build the project and, with --test, to test it. It looks at what is really there instead
// of remembering what it did, so it may be run at any time; when nothing is missing it takes a fraction of a second.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { argv, version } from "node:process";
import { pathToFileURL } from "node:url";
import { ensureBindgen } from "./lib/bindgen.mjs";
import { ensureBrowsers, ensureDecoders, ensureWebKit } from "./lib/browsers.mjs";
import { ensurePackages } from "./lib/npm.mjs";
import { ROOT } from "./lib/process.mjs";
import { ensureRedis } from "./lib/redis.mjs";
import { elapsed, main, StepError, say } from "./lib/report.mjs";
import { ensureRust } from "./lib/rust.mjs";

/** Brings everything that `npm run build` needs, and with `test` also what `npm test` needs. */
export async function setUp({ test = false } = {}) {
  const since = Date.now();
  checkNode();
  await ensurePackages();
  await ensureRust();
  await ensureBindgen();
  if (test) {
    await ensureBrowsers();
    await ensureWebKit();
    await ensureRedis();
    await ensureDecoders(testSources());
  }
  say("set-up", `everything is in place (${elapsed(since)})`);
}

function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const [major, minor] = engines.node.match(/\d+/g).map(Number);
  const [haveMajor, haveMinor] = version.match(/\d+/g).map(Number);
  if (haveMajor < major || (haveMajor === major && haveMinor < minor)) {
    throw new StepError(`this is Node ${version}, and the project needs ${engines.node}`, "Install a newer Node.js.");
  }
}

function testSources() {
  const folder = join(ROOT, "tests");
  return readdirSync(folder, { recursive: true })
    .filter((path) => /\.(?:m?js|ts|rs|py)$/.test(path))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
}

if (import.meta.url === pathToFileURL(argv[1]).href) {
  await main(() => setUp({ test: argv.includes("--test") }));
}
