// The packed tarball, installed and used as people do: in Node, by bundlers, and straight from a server. Each way makes
// one GIF; it must show the screenshot's own pixels and have the same bytes as the others'.
import assert from "node:assert/strict";
import { copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { build as esbuild } from "esbuild";
import { rollup } from "rollup";
import { loadConfigFile } from "rollup/loadConfigFile";
import { build as vite } from "vite";
import webpack from "webpack";
import { openGallery, PAGE, SCRIPT } from "./matrix/gallery.mjs";
import { blocksOf, filesOfSection, fromGuide } from "./matrix/guide.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const IMPORT_MAP = (base) =>
  `<script type="importmap">{"imports":{"task-gif":"${base}dist/index.js","task-gif/inspect":"${base}dist/inspect.js"}}</script>`;
const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' blob:";

let gallery;
let project;

before(async () => {
  gallery = await openGallery();
  project = gallery.project;
});
after(() => gallery?.close());

// Two fifths of it are the wasm, as files and inside the single-file entry; then come the dashboard with the documentation,
// which is 0.2 MB, and Node's readable code.
test("the tarball is at most 2.1 MB", () => {
  assert.ok(statSync(project.tarball).size <= 2_100_000, `${statSync(project.tarball).size} bytes`);
});

test("types are found, and right, in every way of resolving that knows ES modules", async () => {
  const tarball = createPackageFromTarballData(readFileSync(project.tarball));
  // The wasm is a file to be fetched; older ways and CommonJS are told so by Node itself.
  const { problems } = await checkPackage(tarball, {
    excludeEntrypoints: ["./task_gif_bg.wasm", "./task_gif_client_bg.wasm"],
  });
  const isExpected = ({ resolutionKind }) => ["node10", "node16-cjs"].includes(resolutionKind);
  assert.deepEqual(
    problems.filter((problem) => !isExpected(problem)),
    [],
  );
});

test("Node: require", () => {
  const script = SCRIPT.replaceAll(/^import (.+) from (.+);$/gm, "const $1 = require($2);");
  project.write("node.cjs", `(async () => {${script}})();`);
  assert.equal(project.run("--no-warnings", "node.cjs").trim(), `${gallery.expected} node`);
});

test("every entry of the exports can be imported in Node", async () => {
  project.write(
    "entries.mjs",
    `import manifest from "task-gif/package.json" with { type: "json" };
     for (const [entry, target] of Object.entries(manifest.exports)) {
       if (/wasm|json|worker/.test(entry) || /element|define/.test(entry)) continue;
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
  const tsc = join(root, "node_modules/typescript/bin/tsc");
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
  await gallery.check(`${await gallery.serve(".")}plain.html`);
});

test("a page on another origin than the package", async () => {
  // As a CDN answers: files as they are, readable from everywhere.
  const files = await gallery.serve("node_modules/task-gif");
  const cdn = createServer(async (request, response) => {
    const answer = await fetch(new URL(`.${request.url}`, files));
    response.writeHead(answer.status, {
      "access-control-allow-origin": "*",
      "content-type": answer.headers.get("content-type") ?? "",
    });
    response.end(new Uint8Array(await answer.arrayBuffer()));
  });
  await new Promise((resolve) => cdn.listen(0, "localhost", resolve));
  gallery.closers.push(() => cdn.close());
  project.write("cdn.html", IMPORT_MAP(`http://localhost:${cdn.address().port}/`) + PAGE);
  await gallery.check(`${await gallery.serve(".")}cdn.html`, "blob");
});

test("esbuild, and a strict policy", async () => {
  // README: esbuild copies no assets, so the worker and the wasm files are copied beside the bundle.
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
  for (const name of ["worker.js", "task_gif_bg.wasm", "task_gif_client_bg.wasm"])
    copyFileSync(join(dist, name), join(project.folder, "esbuild", name));
  project.addScreenshots("esbuild");
  project.write("esbuild/index.html", `<meta http-equiv="Content-Security-Policy" content="${STRICT}">${PAGE}`);
  await gallery.check(await gallery.serve("esbuild"));
});

test("Vite", async () => {
  project.write("index.html", PAGE);
  await vite({ root: project.folder, base: "./", logLevel: "error", build: { outDir: "vite", target: "es2022" } });
  project.addScreenshots("vite");
  await gallery.check(await gallery.serve("vite"));
});

test("webpack 5", async () => {
  const stats = await new Promise((resolve, reject) => {
    const output = { path: join(project.folder, "webpack"), filename: "app.js" };
    const performance = { hints: false };
    webpack({ context: project.folder, mode: "production", entry: "./app.js", output, performance }, (error, stats) =>
      error ? reject(error) : resolve(stats),
    );
  });
  assert.equal(stats.toString({ all: false, errors: true, warnings: true }), "");
  project.addScreenshots("webpack");
  project.write("webpack/index.html", PAGE);
  await gallery.check(await gallery.serve("webpack"));
});

test("Rollup", async () => {
  // Beside this project's own node_modules, where the plug-ins are.
  const config = join(root, `rollup.${process.pid}.config.mjs`);
  writeFileSync(config, fromGuide("rollup.config.js"));
  try {
    const { options, warnings } = await loadConfigFile(config);
    const [{ input, output, ...rest }] = options;
    const bundle = await rollup({
      ...rest,
      input: join(project.folder, input),
      onwarn: ({ message }) => assert.fail(message),
    });
    assert.equal(warnings.count, 0);
    await bundle.write({ ...output[0], dir: join(project.folder, "rollup") });
  } finally {
    rmSync(config);
  }
  project.addScreenshots("rollup");
  project.write("rollup/index.html", PAGE);
  await gallery.check(await gallery.serve("rollup"));
});

test("Lit: a component with the player in it", async () => {
  const [[path, code]] = Object.entries(filesOfSection("Lit"));
  project.write(`lit/${path}`, code);
  project.write(
    "lit/index.html",
    `<!doctype html><meta charset="utf-8"><script type="module" src="/${path}"></script>`,
  );
  // Lit is among this project's own packages.
  const alias = { lit: join(root, "node_modules/lit") };
  await vite({ root: join(project.folder, "lit"), logLevel: "error", resolve: { alias } });
  project.addScreenshots("lit/dist");
  const shown = await gallery.shown(await gallery.serve("lit/dist"), () => {
    const player = document.querySelector("run-replay")?.shadowRoot.querySelector("task-gif");
    return ["ready", "error"].includes(player?.state) && player.state;
  });
  assert.equal(shown, "ready");
});

test("an import map as the guide has it", async () => {
  const [page] = blocksOf("An import map");
  project.write("import-map.html", `<!doctype html><meta charset="utf-8">${page}`);
  const shown = await gallery.shown(`${await gallery.serve(".")}import-map.html`, () => {
    const { src, naturalWidth } = document.querySelector("img");
    return src.startsWith("blob:") && naturalWidth;
  });
  assert.equal(shown, 420);
});
