#!/usr/bin/env node
// npm start: sets up what is missing, builds, and serves the sample tasks and the dashboard on localhost, as
// `task-gif serve` does.
//
//   npm start -- --port 8080 --no-open
import { spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { buildDashboard, WWW_DIST } from "./lib/dashboard.mjs";
import { openInBrowser } from "./lib/desktop.mjs";
import { ROOT } from "./lib/process.mjs";
import { main, StepError } from "./lib/report.mjs";
import { sampleFolder } from "./lib/samples.mjs";
import { setUp } from "./setup.mjs";

await main(async () => {
  const { values } = parseArgs({
    options: { port: { type: "string" }, open: { type: "boolean", default: true } },
    allowNegative: true,
  });
  const port = values.port ?? process.env.PORT;
  await setUp();
  await build();
  await buildDashboard();
  // The samples are older than media are kept.
  const args = ["serve", sampleFolder(), "--dashboard", WWW_DIST, "--keep-days", "forever", "--quiet"];
  if (port !== undefined) args.push("--port", port);
  const server = spawn(process.execPath, [join(ROOT, "dist/cli.node.js"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  server.stdout.setEncoding("utf8").on("data", (text) => {
    const url = /http:\/\/[^/\s]+\//.exec(text)?.[0];
    if (!url) return;
    console.log(`\n  task-gif dashboard: ${url}\n  Ctrl+C ends it.\n`);
    if (values.open) openInBrowser(url);
  });
  // The terminal sends Ctrl+C to both; the server ends when it has answered, and this ends with it.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => server.kill("SIGTERM"));
  const code = await new Promise((resolve) => server.on("close", resolve));
  if (code) throw new StepError(`the server ended with code ${code}`);
});
