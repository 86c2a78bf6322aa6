// The library's own modules, bundled for a test that looks inside them.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const SOURCE = fileURLToPath(new URL("../../../src/js", import.meta.url));

/** Imports the named files of src/js as one bundle, so that they share their classes; an object by file name. */
export async function importSource(...names) {
  const entry = names.map((name) => `export * as ${alias(name)} from "./${name}.ts";`).join("\n");
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: SOURCE, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    write: false,
    logLevel: "error",
  });
  const folder = mkdtempSync(join(tmpdir(), "task-gif-test-"));
  try {
    const path = join(folder, "bundle.mjs");
    writeFileSync(path, outputFiles[0].contents);
    const bundle = await import(pathToFileURL(path).href);
    return Object.fromEntries(names.map((name) => [name, bundle[alias(name)]]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const alias = (name) => name.replaceAll(/\W/g, "_");
