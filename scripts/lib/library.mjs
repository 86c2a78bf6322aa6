// TypeScript to the publishable package: ES modules, source maps, types, and the wasm files beside them in dist/.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { gzipSync } from "node:zlib";
import { PACKED } from "./dashboard.mjs";
import { keepTogether } from "./groups.mjs";
import { licensesOf } from "./licenses.mjs";
import { packageProgram } from "./npm.mjs";
import { ROOT, run } from "./process.mjs";
import { elapsed, kilobytes, StepError, say } from "./report.mjs";
import { MODULES, PKG } from "./wasm.mjs";

export const DIST = join(ROOT, "dist");
const SOURCE = join(ROOT, "src/entries");
const encoder = new TextEncoder();
const isForNode = (name) => name.endsWith(".node");

// Entries that share code through chunks. A chunk stands beside index.js, since its relative URLs start there.
const ENTRIES = [
  "index",
  "index.node",
  "cli.node",
  "client/index",
  "client/index.node",
  "inspect",
  "inspect.node",
  "wasm",
  "wasm.node",
  "compare/index",
  "compare/index.node",
  "failures/index",
  "report/index",
  "runs/index",
  "runs/index.node",
  "playwright.node",
  "element/index",
  "element/define",
  "serve/index",
  "serve/index.node",
  "poster-worker.node",
];
// What every entry with wasm behind it needs, what every entry needs that makes GIFs or asks for them, and what reads a
// record that is parsed already.
const GROUPS = [
  `task-gif-error lazy-import options/closest-name options/argument-checks platform/browser platform/worker-count platform/platform platform/wasm-loader
   sources/new-tab-page sources/canvas-to-png sources/to-blob task-records/json-fields task-records/timestamp`,
  `api/index api/assemble-gif api/client-exports api/gif-recorder api/load-task-gif client/client client/task-client-error
   client/client-options options/aliases options/annotation-options options/option-table options/parse-color options/resolve-options
   recording-events sources/parse-screenshot sources/read-screenshot task-gif`,
  `task-records/browser-use/history task-records/api-v1 task-records/api-v2 task-records/api-v3 task-records/steps/step-verdict task-records/browser-use/step-numbers task-records/browser-use/action-points task-records/steps/click-points
   task-records/steps-from task-records/steps/step-picture task-records/read-record task-records/steps/shown-steps task-records/task-facts task-records/steps/step-list task-records/steps/step-facts`,
].map((names) => names.split(/\s+/).map((name) => `src/js/${name}.ts`));
// Those whose types differ from the entry that they stand beside.
const OWN_TYPES = ["serve/index.node", "playwright.node"];
// Files that must work alone: a worker may be started from a blob, where nothing relative can be imported.
const STANDALONE = ["worker", "worker.node"];
// Where people debug: what a page has loaded while it makes a GIF or shows one. Maps of everything else would be a fifth of
// the package; the repository can make them.
const MAPPED = ["src/entries/index.ts", "src/js/assembly/index.lazy.ts", "src/entries/element/define.ts"];
const MAPPED_ALONE = ["src/entries/worker.ts"];
// What the dashboard and the documentation bundle, which are in the package too: their font, and the search.
const OF_SITE = ["node_modules/@fontsource-variable/inter/index.css", "node_modules/minisearch/package.json"];
// A single file with the worker and the wasm inside, for pages that can load nothing else.
const INLINE = "inline";

/** Builds dist/ from src/entries and pkg/. */
export async function buildLibrary() {
  const since = Date.now();
  const present = (names) => names.filter((name) => existsSync(join(SOURCE, `${name}.ts`)));
  const entries = present(ENTRIES);
  const [types, scripts] = await Promise.all([
    emitTypes(entries.filter((name) => !name.endsWith(".node") || OWN_TYPES.includes(name))),
    bundleAll(entries, present(STANDALONE), present([INLINE])),
  ]);
  const files = new Map([...types, ...scripts]);
  files.set(
    "worker.d.ts",
    "/** To be started as a worker, by its address; there is nothing to import. */\nexport {};\n",
  );
  for (const { name } of MODULES) files.set(`${name}_bg.wasm`, readFileSync(join(PKG, `${name}_bg.wasm`)));
  for (const [path, contents] of files) write(path, contents);
  removeOthers(files);
  const core = scripts.get("index.js");
  say("library", `dist/ written in ${elapsed(since)}${core ? `, ${sizeWithChunks(scripts)}` : ""}`);
}

async function bundleAll(entries, standalone, inline) {
  // Loaded here because set-up may have installed it a moment ago.
  const { build } = await import("esbuild");
  const options = {
    absWorkingDir: ROOT,
    outdir: DIST,
    outbase: SOURCE,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2022",
    external: ["node:*", "@napi-rs/canvas", "bullmq", "ioredis"],
    minify: true,
    sourcemap: true,
    legalComments: "none",
    write: false,
    metafile: true,
    logLevel: "warning",
  };
  const path = (name) => join(SOURCE, `${name}.ts`);
  const scripts = new Map();
  const bundled = new Set();
  const keep = ({ outputFiles, metafile }, mapped) => {
    const isMapped = reachedFrom(mapped, metafile.outputs);
    for (const file of outputFiles) {
      const name = distPath(DIST, file.path);
      const hasMap = isMapped.has(distPath(ROOT, file.path).replace(/\.map$/, ""));
      if (name.endsWith(".js")) scripts.set(name, encoder.encode(tidy(file.text, hasMap)));
      else if (hasMap) scripts.set(name, file.contents);
    }
    for (const input of Object.keys(metafile.inputs)) bundled.add(input);
  };
  const bundle = async (extra, mapped = []) => {
    try {
      keep(await build({ ...options, ...extra }), mapped);
    } catch (error) {
      throw new StepError(error.errors ? `esbuild found ${error.errors.length} error(s), shown above` : error.message);
    }
  };
  const split = (names, chunkNames) => ({ entryPoints: names.map(path), splitting: true, chunkNames });
  const ofPages = split(
    entries.filter((name) => !isForNode(name)),
    "chunk-[hash]",
  );
  const { metafile } = await build({ ...options, ...ofPages });
  await bundle({ ...ofPages, plugins: [keepTogether(ROOT, GROUPS, metafile)] }, MAPPED);
  // Node prints the whole line of code with an error that nobody catches, so it gets lines.
  const forNode = { minifyWhitespace: false, minifyIdentifiers: false, minifySyntax: true, minify: false };
  await bundle({ ...split(entries.filter(isForNode), "node-chunk-[hash]"), ...forNode, sourcemap: false });
  for (const name of standalone) {
    await bundle({ entryPoints: [path(name)], ...(isForNode(name) && forNode) }, MAPPED_ALONE);
  }
  if (inline.length > 0) {
    // Its parts have source maps of their own.
    await bundle({ entryPoints: inline.map(path), plugins: [embedded(scripts)], sourcemap: false });
  }
  assertLiteralUrls(scripts);
  scripts.set("THIRD-PARTY-LICENSES.txt", licensesOf([...bundled, ...OF_SITE]));
  return scripts;
}

const MAP_COMMENT = /\/\/# sourceMappingURL=\S+\n$/;

// What may be missing, so that a bundler must not look for it. Minifying drops such comments from the sources.
const OPTIONAL = /\bimport\((?="(?:@napi-rs\/canvas|bullmq|ioredis)"\))/g;
const LEFT_ALONE = "import(/* webpackIgnore: true *//* turbopackIgnore: true *//* @vite-ignore */";

// A chunk does nothing by itself, so an import that takes nothing from it only makes bundlers warn. Blanks keep the map right.
function tidy(text, hasMap) {
  const code = text
    .replace(OPTIONAL, LEFT_ALONE)
    .replace(/import"\.{1,2}\/chunk-\w+\.js";/g, ({ length }) => " ".repeat(length));
  return hasMap ? code : code.replace(MAP_COMMENT, "");
}

/** The output files that are loaded with any of the given entry points, lazily loaded ones left out. */
function reachedFrom(starts, outputs) {
  const reached = new Set();
  const visit = (path) => {
    if (reached.has(path) || !outputs[path]) return;
    reached.add(path);
    for (const { path: next, kind } of outputs[path].imports) if (kind === "import-statement") visit(next);
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (starts.includes(entryPoint)) visit(path);
  return reached;
}

/** Resolves `embedded:NAME.wasm` to bytes compressed with gzip, and `embedded:worker.js` to text. */
function embedded(scripts) {
  return {
    name: "embedded",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^embedded:/ }, ({ path }) => ({
        path: path.slice("embedded:".length),
        namespace: "embedded",
      }));
      onLoad({ filter: /\.wasm$/, namespace: "embedded" }, ({ path }) => ({
        contents: gzipSync(readFileSync(join(PKG, path)), { level: 9 }),
        loader: "binary",
      }));
      onLoad({ filter: /\.js$/, namespace: "embedded" }, ({ path }) => ({
        contents: new TextDecoder().decode(scripts.get(path)).replace(MAP_COMMENT, ""),
        loader: "text",
      }));
    },
  };
}

// Bundlers find the wasm file and the worker by these literals, which resolve only from beside those files.
function assertLiteralUrls(scripts) {
  const decoder = new TextDecoder();
  for (const [path, contents] of scripts) {
    if (!path.endsWith(".js") || !path.includes("/")) continue;
    const url = decoder
      .decode(contents)
      .match(/new URL\("(?:\.\/)?(?:task_gif\w*\.wasm|worker[^"]*)",\s*import\.meta\.url\)/);
    if (url) {
      throw new StepError(
        `dist/${path} holds ${url[0]}, which resolves only in dist/ itself`,
        "Import what holds it from src/entries/index.ts too, so that it becomes a shared chunk.",
      );
    }
  }
}

/** The declarations that the entries reach, and only those, by their path in dist/. */
async function emitTypes(entries) {
  const aside = join(ROOT, ".tools", `types-${process.pid}`);
  const project = join(ROOT, "tsconfig.build.json");
  try {
    await run(process.execPath, [packageProgram("typescript/bin/tsc"), "-p", project, "--outDir", aside], {
      what: "tsc",
    });
    const reached = new Set();
    for (const name of entries) reach(join(aside, "entries", `${name}.d.ts`), aside, reached);
    return [...reached].map((path) => [typePath(aside, path), withScriptPaths(path, aside)]);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

const SPECIFIER = /(from\s*|import\s*\(\s*|import\s+)"(\.[^"]+)\.[tj]s"/g;

function reach(path, folder, reached) {
  if (reached.has(path)) return;
  if (relative(folder, path).startsWith("..") || !existsSync(path)) {
    throw new StepError(`the public types name ${relative(folder, path)}, which is not part of the package`);
  }
  reached.add(path);
  for (const [, , target] of readFileSync(path, "utf8").matchAll(SPECIFIER)) {
    reach(resolve(dirname(path), `${target}.d.ts`), folder, reached);
  }
}

// Entries stand at the top of dist/, as their scripts do; what they share stands in folders beside them.
const typePath = (aside, path) => distPath(aside, path).replace(/^entries\//, "");

// The sources import each other as .ts; in the package only .js stands beside a declaration.
function withScriptPaths(path, aside) {
  const from = dirname(typePath(aside, path));
  return readFileSync(path, "utf8").replaceAll(SPECIFIER, (_, before, target) => {
    const to = relative(from, typePath(aside, resolve(dirname(path), target))).replaceAll("\\", "/");
    return `${before}"${to.startsWith(".") ? to : `./${to}`}.js"`;
  });
}

function write(path, contents) {
  const full = join(DIST, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, contents);
}

// Chunks carry a hash in their name, so those of earlier builds would pile up and be published.
function removeOthers(files) {
  for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const isOurs = !path.startsWith(PACKED + sep);
    if (isOurs && !entry.isDirectory() && !files.has(distPath(DIST, path))) rmSync(path);
  }
}

const distPath = (folder, path) => relative(folder, path).replaceAll("\\", "/");

function sizeWithChunks(scripts) {
  const decoder = new TextDecoder();
  const reached = new Set();
  const visit = (path) => {
    if (reached.has(path) || !scripts.has(path)) return;
    reached.add(path);
    for (const [, name] of decoder.decode(scripts.get(path)).matchAll(/from\s*"\.\/([^"]+)"/g)) visit(name);
  };
  visit("index.js");
  const text = [...reached].map((path) => decoder.decode(scripts.get(path))).join("\n");
  return `index.js with its chunks ${kilobytes(gzipSync(text).length)} gzipped`;
}
