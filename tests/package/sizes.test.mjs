// Budgets: what a page downloads. A change that must raise one says what it buys.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const dist = fileURLToPath(new URL("../../dist", import.meta.url));

/** A bundle with everything it imports before it runs; what it imports later is not part of it. */
function closure(path, seen = new Map()) {
  if (seen.has(path)) return seen;
  const text = readFileSync(join(dist, path), "utf8");
  seen.set(path, text);
  for (const [, name] of text.matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g)) {
    closure(relative(dist, resolve(dist, dirname(path), name)).replaceAll("\\", "/"), seen);
  }
  return seen;
}

const gzipped = (...paths) => {
  const seen = new Map();
  for (const path of paths) closure(path, seen);
  return gzipSync([...seen.values()].join("\n"), { level: 9 }).length;
};

/** The one shared file with this text in it. */
function chunkWith(text) {
  const found = readdirSync(dist).filter(
    (name) => /^chunk-.*\.js$/.test(name) && readFileSync(join(dist, name), "utf8").includes(text),
  );
  assert.equal(found.length, 1, text);
  return found[0];
}

function within(found, budget) {
  assert.ok(found <= budget, `${found} bytes, ${found - budget} over the budget of ${budget}`);
}

const brotli = (path) => brotliCompressSync(readFileSync(join(dist, path))).length;

test("the wasm that makes GIFs takes at most 190 kB with brotli", () => {
  within(brotli("task_gif_bg.wasm"), 190_000);
});

test("the wasm that asks the endpoint and reads GIFs takes at most 61 kB with brotli", () => {
  within(brotli("task_gif_client_bg.wasm"), 61_000);
});

test("the wasm files name no folder of the machine that made them", () => {
  for (const name of ["task_gif_bg.wasm", "task_gif_client_bg.wasm"]) {
    const text = readFileSync(join(dist, name)).toString("latin1");
    assert.ok(
      !text.includes(join(homedir(), ".cargo")) && !text.includes(fileURLToPath(new URL("../..", import.meta.url))),
    );
  }
});

test("the main entry takes at most 10 kB with gzip, before there is anything to do", () => {
  within(gzipped("index.js"), 10_000);
});

// 5.5 kB of it are the records that `stepsFrom` reads, since it answers at once: a kilobyte of these are the names that
// tools have for the facts of a step.
test("records take at most 20.6 kB with gzip, before it is known what they are", () => {
  within(gzipped("runs/index.js"), 20_600);
});

test("the task client alone takes at most 10.5 kB with gzip, before it is asked", () => {
  within(gzipped("client/index.js"), 10_500);
});

test("a bundle takes at most 9 kB of it for assembleGif, without a warning", async () => {
  const folder = fileURLToPath(new URL("../..", import.meta.url));
  const { outputFiles, metafile, warnings } = await build({
    stdin: { contents: 'export { assembleGif } from "task-gif";', resolveDir: folder },
    absWorkingDir: folder,
    conditions: ["browser"],
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    outdir: "bundle",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  assert.deepEqual(warnings, []);
  const atOnce = new Set();
  const load = (path) => {
    if (atOnce.has(path)) return;
    atOnce.add(path);
    for (const next of metafile.outputs[path].imports) if (next.kind === "import-statement") load(next.path);
  };
  load(Object.keys(metafile.outputs).find((path) => metafile.outputs[path].entryPoint === "<stdin>"));
  const texts = outputFiles.filter(({ path }) => atOnce.has(relative(folder, path).replaceAll("\\", "/")));
  assert.ok(texts.length > 0 && texts.length < outputFiles.length);
  within(gzipSync(texts.map(({ text }) => text).join("\n"), { level: 9 }).length, 9000);
});

test("the table of sizes in the guide to benchmarks is what is measured here", async () => {
  const guide = readFileSync(new URL("../../www/docs/benchmarks.md", import.meta.url), "utf8");
  const said = (name) => {
    const [, script, wasm] = guide.match(
      new RegExp(`^\\| (?:\\*\\*)?${name}(?:\\*\\*)? +\\| +(\\d+) \\| +([\\d-]+) \\|$`, "m"),
    );
    return { script: Number(script), wasm: Number(wasm) };
  };
  const near = (name, found, kilobytes) => {
    assert.ok(
      Math.abs(found / 1000 - kilobytes) <= Math.max(1, kilobytes / 50),
      `${name}: ${found} bytes, said ${kilobytes} kB`,
    );
  };
  // The entry, what it loads to make a GIF of blobs, by what only that holds, and the worker.
  const parts = ["add screenshots or lower options.minFrames", "compileStreaming", "new Worker(new URL("].map(
    chunkWith,
  );
  near("task-gif", gzipped("index.js", ...parts) + gzipped("worker.js"), said("task-gif").script);
  near("task-gif", brotli("task_gif_bg.wasm"), said("task-gif").wasm);
  const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));
  const bundled = async (contents) => {
    const stdin = { contents, resolveDir: modules };
    const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: "esm", write: false });
    return gzipSync(outputFiles[0].contents, { level: 9 }).length;
  };
  near("gifenc", await bundled('export * from "gifenc"'), said("gifenc").script);
  near("modern-gif", await bundled('export { encode } from "modern-gif"'), said("modern-gif").script);
  const gifJs = ["gif.js", "gif.worker.js"].map((name) => readFileSync(join(modules, "gif.js/dist", name)));
  const sum = gifJs.reduce((total, bytes) => total + gzipSync(bytes, { level: 9 }).length, 0);
  near("gif.js", sum, said("gif\\.js").script);
});
