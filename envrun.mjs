// runs node --test with the browsers' variables
import { spawnSync } from "node:child_process";

const { browserVariables, findPython } = await import(process.cwd() + "/scripts/lib/browsers.mjs");
const r = spawnSync(
  process.execPath,
  ["--test", "--test-reporter=spec", "--test-concurrency=1", ...process.argv.slice(2)],
  { stdio: "inherit", env: { ...process.env, ...browserVariables(), PYTHON: findPython(), NO_COLOR: "1" } },
);
process.exit(r.status);
