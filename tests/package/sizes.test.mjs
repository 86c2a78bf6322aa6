// Budgets: what a page downloads. A change that must raise one says what it buys.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

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

const gzipped = (entry) => gzipSync([...closure(entry).values()].join("\n"), { level: 9 }).length;

function within(found, budget) {
  assert.ok(found <= budget, `${found} bytes, ${found - budget} over the budget of ${budget}`);
}

test("the wasm file takes at most 228 kB with brotli", () => {
  within(brotliCompressSync(readFileSync(join(dist, "task_gif_bg.wasm"))).length, 228_000);
});

test("the main entry takes at most 24 kB with gzip", () => {
  within(gzipped("index.js"), 24_000);
});

test("the task client alone takes at most 24 kB with gzip", () => {
  within(gzipped("client/index.js"), 24_000);
});
