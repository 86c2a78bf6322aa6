// The packed tarball, installed and used as people do: in Node, by bundlers, and straight from a server. Each way makes
// one GIF; it must show the screenshot's own pixels and have the same bytes as the others'.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";
import { build as vite } from "vite";
import { serveStatic } from "../../scripts/lib/static-server.mjs";
import { launchChromium } from "../browser/support/browsers.mjs";
import { createProject } from "./matrix/project.mjs";

const PAGE = '<!doctype html><meta charset="utf-8"><title>t</title><script type="module" src="./app.js"></script>';
const IMPORT_MAP = (base) => `<script type="importmap">{"imports":{"task-gif":"${base}dist/index.js"}}</script>`;
const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' blob:";

let project;
let browser;
/** The digest every way must come to. */
let expected;
const closers = [];

before(async () => {
  project = createProject();
  browser = await launchChromium();
  project.write(
    "node.mjs",
    `import { readFileSync } from "node:fs"; import { createHash } from "node:crypto"; import { assembleGif } from "task-gif";
     const gif = await assembleGif(["00.png", "03.png"].map((name) => readFileSync(name)), { lossy: 0, delay: 1000 });
     const bytes = new Uint8Array(await gif.blob.arrayBuffer());
     console.log(new Uint8Array(createHash("sha256").update(bytes).digest()).toString());`,
  );
  expected = project.run("node.mjs").trim();
});
after(async () => {
  await browser?.close();
  await Promise.all(closers.map((close) => close()));
  project?.remove();
});

async function serve(path) {
  const server = await serveStatic(join(project.folder, path));
  closers.push(server.close);
  return server.url;
}

/** Opens a page and waits for what app.js leaves in `result`. */
async function check(url, workerKind = "module") {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    await page.waitForFunction(() => globalThis.result !== undefined);
    const result = await page.evaluate(() => globalThis.result);
    assert.deepEqual(result, { digest: expected, isTrue: true, frames: 2, workerKind });
  } finally {
    await page.close();
  }
}

test("the tarball is at most 1 MB", () => {
  assert.ok(statSync(project.tarball).size <= 1_000_000, `${statSync(project.tarball).size} bytes`);
});

test("Node: require", () => {
  project.write("node.cjs", 'const { assembleGif } = require("task-gif"); console.log(typeof assembleGif);');
  assert.match(project.run("--no-warnings", "node.cjs"), /function/);
});

test("every entry of the exports can be imported in Node", async () => {
  project.write(
    "entries.mjs",
    `import manifest from "task-gif/package.json" with { type: "json" };
     for (const [entry, target] of Object.entries(manifest.exports)) {
       if (typeof target === "string" || /element|define/.test(entry)) continue;
       const module = await import("task-gif" + entry.slice(1));
       console.log(entry, Object.keys(module).length > 0);
     }`,
  );
  const lines = project.run("--no-warnings", "entries.mjs").trim().split("\n");
  assert.ok(lines.length >= 4 && lines.every((line) => line.endsWith(" true")), lines.join("\n"));
});

test("TypeScript: strict, with the library's own declarations checked", () => {
  project.write(
    "strict.ts",
    `import { assembleGif, type Options, type TaskGif } from "task-gif";
     const options: Options = { effort: "fast" };
     export const made: Promise<TaskGif> = assembleGif([new Blob()], options);
     // @ts-expect-error: there is no such effort
     export const wrong: Options = { effort: "best" };`,
  );
  const compilerOptions = {
    strict: true,
    skipLibCheck: false,
    noEmit: true,
    target: "es2022",
    lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable"],
    types: [],
  };
  const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
  for (const how of [
    { module: "esnext", moduleResolution: "bundler" },
    { module: "nodenext", moduleResolution: "nodenext" },
  ]) {
    const config = { compilerOptions: { ...compilerOptions, ...how }, files: ["strict.ts"] };
    project.write("tsconfig.json", JSON.stringify(config));
    assert.equal(project.run(tsc, "-p", "tsconfig.json"), "", how.moduleResolution);
  }
});

test("a plain page from a static server", async () => {
  project.write("plain.html", IMPORT_MAP("./node_modules/task-gif/") + PAGE);
  await check(`${await serve(".")}plain.html`);
});

test("a page on another origin than the package", async () => {
  // As a CDN answers: files as they are, readable from everywhere.
  const files = await serve("node_modules/task-gif");
  const cdn = createServer(async (request, response) => {
    const answer = await fetch(new URL(`.${request.url}`, files));
    response.writeHead(answer.status, {
      "access-control-allow-origin": "*",
      "content-type": answer.headers.get("content-type") ?? "",
    });
    response.end(new Uint8Array(await answer.arrayBuffer()));
  });
  await new Promise((resolve) => cdn.listen(0, "localhost", resolve));
  closers.push(() => cdn.close());
  project.write("cdn.html", IMPORT_MAP(`http://localhost:${cdn.address().port}/`) + PAGE);
  await check(`${await serve(".")}cdn.html`, "blob");
});

test("esbuild, and a strict policy", async () => {
  // README: esbuild copies no assets, so the worker and the wasm file are copied beside the bundle.
  await esbuild({
    absWorkingDir: project.folder,
    entryPoints: ["app.js"],
    bundle: true,
    format: "esm",
    splitting: true,
    outdir: "esbuild",
    logLevel: "error",
  });
  const dist = join(project.folder, "node_modules/task-gif/dist");
  const { copyFileSync } = await import("node:fs");
  for (const name of ["worker.js", "task_gif_bg.wasm"])
    copyFileSync(join(dist, name), join(project.folder, "esbuild", name));
  project.addScreenshots("esbuild");
  project.write("esbuild/index.html", `<meta http-equiv="Content-Security-Policy" content="${STRICT}">${PAGE}`);
  await check(await serve("esbuild"));
});

test("Vite", async () => {
  project.write("index.html", PAGE);
  await vite({ root: project.folder, base: "./", logLevel: "error", build: { outDir: "vite", target: "es2022" } });
  project.addScreenshots("vite");
  await check(await serve("vite"));
});
