#!/usr/bin/env node
// npm run dev: Vite's server over www/ with reloading, on a package that is rebuilt when its sources change.
import { watch } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { WWW } from "./lib/dashboard.mjs";
import { packageProgram } from "./lib/npm.mjs";
import { ROOT, run } from "./lib/process.mjs";
import { main, say } from "./lib/report.mjs";
import { setUp } from "./setup.mjs";

// Editors write a file in several steps.
const SETTLE_MS = 200;

await main(async () => {
  await setUp();
  await build();
  rebuildOnChange();
  await run(process.execPath, [packageProgram("vite/bin/vite.js"), WWW, ...process.argv.slice(2)], { cwd: WWW });
});

function rebuildOnChange() {
  let timer;
  let running = false;
  const rebuild = async () => {
    if (running) return schedule();
    running = true;
    await build().catch((error) => say("build", `failed: ${error.message}`));
    running = false;
  };
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(rebuild, SETTLE_MS);
  };
  watch(join(ROOT, "src"), { recursive: true }, schedule);
}
