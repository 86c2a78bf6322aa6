#!/usr/bin/env node
// Leaves the publishable package in dist/: ES modules, types, worker and one wasm file, ready for a static file server.
// Steps whose inputs did not change are left out.
import { argv } from "node:process";
import { pathToFileURL } from "node:url";
import { buildLibrary } from "./lib/library.mjs";
import { main } from "./lib/report.mjs";
import { buildWasm } from "./lib/wasm.mjs";
import { setUp } from "./setup.mjs";

/** Builds the wasm binary and the library around it. */
export async function build() {
  await buildWasm();
  await buildLibrary();
}

if (import.meta.url === pathToFileURL(argv[1]).href) {
  await main(async () => {
    await setUp();
    await build();
  });
}
