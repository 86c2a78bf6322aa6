// The package as it is published: what npm would pack out of dist/.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { assertSimd, MODULES } from "../../scripts/lib/wasm.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "dist");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const files = readdirSync(dist, { recursive: true }).map((path) => path.replaceAll("\\", "/"));
const text = (path) => readFileSync(join(dist, path), "utf8");

/** Module names in import, export and import() of a bundle. */
function imports(path) {
  return [...text(path).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g)].map(([, name]) => name);
}

/** A bundle with everything it imports, by paths in dist/. */
function closure(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const name of imports(path)) {
    if (name.startsWith(".")) closure(relative(dist, resolve(dist, dirname(path), name)).replaceAll("\\", "/"), seen);
  }
  return seen;
}

test("the wasm is built with simd128", () => {
  for (const module of MODULES) {
    assert.match(assertSimd(readFileSync(join(dist, `${module.name}_bg.wasm`)), module), /SIMD instructions/);
  }
});

test("every path in the exports exists", () => {
  const paths = JSON.stringify(manifest.exports).match(/\.\/dist\/[^"]+/g);
  assert.ok(paths.length > 0);
  for (const path of paths) assert.ok(files.includes(path.slice("./dist/".length)), path);
});

test("nothing has to be installed beside the package", () => {
  assert.equal(manifest.dependencies, undefined);
});

test("what browsers load imports nothing by a bare name", () => {
  for (const entry of ["index.js", "client/index.js", "serve/index.js", "worker.js"]) {
    for (const path of closure(entry)) {
      assert.deepEqual(
        imports(path).filter((name) => !name.startsWith(".")),
        [],
        path,
      );
    }
  }
});

// Its styles, and what every failure is called in plain words.
test("the element has at most 11 kB with its styles and texts, before there is something to show", () => {
  const loaded = (path, seen = new Set()) => {
    seen.add(path);
    for (const [, name] of text(path).matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g)) {
      const target = relative(dist, resolve(dist, dirname(path), name)).replaceAll("\\", "/");
      if (!seen.has(target)) loaded(target, seen);
    }
    return seen;
  };
  const bytes = [...loaded("element/define.js")].map((path) => gzipSync(text(path), { level: 9 }).length);
  const sum = bytes.reduce((a, b) => a + b);
  assert.ok(sum <= 11_000, `${sum} bytes`);
});

test("the browser's worker stands alone, so that it can start from a blob", () => {
  assert.deepEqual(imports("worker.js"), []);
});

test("bundlers see the wasm files and the worker as literal URLs", () => {
  const code = [...closure("index.js")].map(text).join("\n");
  assert.match(code, /new URL\("(?:\.\/)?task_gif_bg\.wasm",\s*import\.meta\.url\)/);
  assert.match(code, /new URL\("(?:\.\/)?task_gif_client_bg\.wasm",\s*import\.meta\.url\)/);
  assert.match(code, /new Worker\(new URL\("\.\/worker\.js",\s*import\.meta\.url\),\s*\{\s*type:\s*"module"/);
});

test("types import only types that are in the package", () => {
  for (const path of files.filter((name) => name.endsWith(".d.ts"))) {
    for (const [, name] of text(path).matchAll(/(?:from|import\()\s*"([^"]+)"/g)) {
      assert.match(name, /^\.{1,2}\/.*\.js$/, path);
      const target = relative(dist, resolve(dist, dirname(path), name)).replaceAll("\\", "/");
      assert.ok(files.includes(target.replace(/\.js$/, ".d.ts")), `${path} imports ${name}`);
    }
  }
});

test("modules can be compiled where eval is forbidden", () => {
  for (const path of files.filter((name) => name.endsWith(".js"))) {
    assert.doesNotMatch(text(path), /\bnew Function\b|\beval\(/, path);
  }
});
