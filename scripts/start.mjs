#!/usr/bin/env node
// npm start: sets up what is missing, builds, and serves the dashboard on localhost.
//
//   npm start -- --port 8080 --no-open
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { buildDashboard, WWW_DIST } from "./lib/dashboard.mjs";
import { openInBrowser } from "./lib/desktop.mjs";
import { main, StepError } from "./lib/report.mjs";
import { sampleEndpoint } from "./lib/sample-endpoint.mjs";
import { serveStatic } from "./lib/static-server.mjs";
import { setUp } from "./setup.mjs";

const DEFAULT_PORT = 4173;

await main(async () => {
  const { values } = parseArgs({
    options: { port: { type: "string" }, open: { type: "boolean", default: true } },
    allowNegative: true,
  });
  const port = Number(values.port ?? process.env.PORT ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new StepError(`--port: expected a number from 0 to 65535, found ${values.port ?? process.env.PORT}`);
  }
  await setUp();
  await build();
  await buildDashboard();
  const { url } = await serveStatic(WWW_DIST, { port, endpoint: sampleEndpoint(join(WWW_DIST, "tasks")) });
  console.log(`\n  task-gif dashboard: ${url}\n  Ctrl+C ends it.\n`);
  if (values.open) openInBrowser(url);
});
