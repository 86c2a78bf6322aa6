#!/usr/bin/env node
// Writes the reference of all options, www/docs/options.md, again from the option table of the sources.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { withOptionsTable } from "./lib/docs/options-table.mjs";
import { ROOT } from "./lib/process.mjs";

const { outputFiles } = await build({
  entryPoints: [join(ROOT, "src/js/options/option-guide.ts")],
  bundle: true,
  format: "esm",
  write: false,
});
const source = Buffer.from(outputFiles[0].contents).toString("base64");
const { OPTION_GUIDES } = await import(`data:text/javascript;base64,${source}`);
const path = join(ROOT, "www/docs/options.md");
writeFileSync(path, withOptionsTable(readFileSync(path, "utf8"), OPTION_GUIDES));
