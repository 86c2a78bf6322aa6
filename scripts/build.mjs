#!/usr/bin/env node
// Leaves the publishable package in dist/: ES modules, types, worker and wasm files, ready for a static file server,
// and the dashboard for the package's own server.
// Steps whose inputs did not change are left out.
import { argv } from "node:process";
import { pathToFileURL } from "node:url";
import { buildDashboard, packDashboard } from "./lib/dashboard.mjs";
import { buildLibrary } from "./lib/library.mjs";
import { main } from "./lib/report.mjs";
import { buildWasm } from "./lib/wasm.mjs";
import { setUp } from "./setup.mjs";

/** Builds the wasm binary and the library around it. */
export async function build() {
  await buildWasm();
  await buildLibrary();
}

/** The same, and the dashboard that the package's server shows. */
export async function buildPackage() {
  await build();
  await buildDashboard();
  packDashboard();
}

if (import.meta.url === pathToFileURL(argv[1]).href) {
  await main(async () => {
    await setUp();
    await buildPackage();
  });
}
