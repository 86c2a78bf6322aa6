// The built package in Chromium.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { filesOf } from "../node/support/fixtures.mjs";
import { launchChromium } from "./support/browsers.mjs";
import { digestInNode } from "./support/digest.mjs";
import { OPTIONS, sequence, usePages } from "./support/pages.mjs";

const pages = usePages(launchChromium);
const { inPage } = pages;

for (const folder of ["shop", "mixed"]) {
  test(`the same bytes as in Node, for 1, 2 and 3 workers: ${folder}`, async () => {
    const expected = await digestInNode(folder, OPTIONS);
    for (const workers of [1, 2, 3]) {
      const result = await inPage("assemble", { ...sequence(folder), options: { ...OPTIONS, workers } });
      assert.deepEqual([result.digest, result.workers, result.workerKind], [expected, workers, "module"]);
      assert.ok(result.peakMemoryBytes > 0);
    }
    assert.equal(await inPage("record", sequence(folder)), expected);
  });
}

test("workers start on an isolated page and under a strict policy", async () => {
  const expected = await digestInNode("shop", OPTIONS);
  for (const path of ["/isolated", "/strict"]) {
    const result = await inPage("assemble", sequence("shop"), { path });
    assert.deepEqual([result.digest, result.workerKind], [expected, "module"], path);
  }
});

test("a package on another origin runs in workers from a blob", async () => {
  const result = await inPage("assemble", sequence("shop"), { base: pages.elsewhere.url });
  assert.deepEqual([result.digest, result.workerKind], [await digestInNode("shop", OPTIONS), "blob"]);
});

test("where no worker may start, the calling thread does the work", async () => {
  const result = await inPage("assemble", sequence("shop"), { path: "/no-workers" });
  assert.deepEqual([result.digest, result.workerKind], [await digestInNode("shop", OPTIONS), "main"]);
});

test("the single-file entry loads nothing but itself", async () => {
  const before = pages.here.requests.length;
  const result = await inPage("assemble", { ...sequence("shop"), entry: "inline" });
  assert.deepEqual([result.digest, result.workerKind], [await digestInNode("shop", OPTIONS), "blob"]);
  const loaded = pages.here.requests.slice(before).filter((path) => path.startsWith("/dist/"));
  assert.deepEqual(loaded, ["/dist/inline.js"]);
});

test("a policy without wasm is named in the error", async () => {
  const error = await inPage("failure", sequence("shop"), { path: "/no-wasm" });
  assert.deepEqual([error.name, error.code], ["TaskGifError", "WASM_FAILED"]);
  assert.match(error.message, /'wasm-unsafe-eval'/);
});

test("a wrong address of the wasm is an error, and not the end", async () => {
  assert.deepEqual(await inPage("initTwice", sequence("shop")), { code: "WASM_NOT_FOUND", frames: 7 });
});

test("every form in which a browser has a picture gives the same bytes", async () => {
  const expected = await digestInNode("shop", OPTIONS);
  for (const [form, digest] of Object.entries(await inPage("everyForm", sequence("shop")))) {
    assert.equal(digest, expected, form);
  }
});

test("bitmaps and canvases are read before add returns", async () => {
  assert.equal(await inPage("closeAtOnce", sequence("shop")), await digestInNode("shop", OPTIONS));
});

test("a tainted canvas is a typed error that says why", async () => {
  const error = await inPage("tainted", { url: `${pages.elsewhere.url}/screens/shop/00.png` });
  assert.deepEqual([error.code, error.frame], ["UNREADABLE", 0]);
  assert.match(error.message, /^screenshot 0: expected a canvas whose pixels can be read, but .* another origin/);
});

test("a bad screenshot is named by its position", async () => {
  const [first, ...rest] = filesOf("shop");
  const error = await inPage("failure", { folder: "shop", files: [first, "missing.png", ...rest] });
  assert.deepEqual([error.name, error.code, error.frame], ["TaskGifError", "UNKNOWN_FORMAT", 1]);
});

test("an abort settles at once, and the next assembly is as it should be", async () => {
  const result = await inPage("abort", sequence("shop"));
  assert.deepEqual(result, { name: "AbortError", isAtOnce: true, next: await digestInNode("shop", OPTIONS) });
});

test("progress rises to exactly 1, once", async () => {
  const seen = await inPage("progress", sequence("shop"));
  const ratios = seen.map(({ ratio }) => ratio);
  assert.deepEqual(
    ratios,
    [...ratios].sort((a, b) => a - b),
  );
  assert.equal(ratios.indexOf(1), ratios.length - 1);
  assert.equal(seen.filter(({ phase }) => phase === "analyze").at(-1).total, 8);
});

test("every frame shows its screenshot, and nothing moves where nothing changed", async () => {
  for (const folder of ["shop", "mixed"]) {
    for (const effort of ["fast", "balanced", "smallest"]) {
      const options = { ...OPTIONS, effort };
      const { frames, flicker, inFile } = await inPage("compare", { ...sequence(folder), options });
      assert.equal(inFile, frames.length);
      // Of JPEG and WebP, browsers make pixels that differ from the crate's by a rounding here and there.
      if (folder === "shop") assert.equal(flicker, 0, `${folder}, ${effort}`);
      for (const { mean } of frames) assert.ok(mean < 3, `${folder}, ${effort}: a mean difference of ${mean}`);
    }
  }
});

test("pictures that only the browser decodes are decoded by it, and others are named", async () => {
  const fixture = (name) => readFileSync(new URL(`../fixtures/pictures/${name}`, import.meta.url)).toString("base64");
  for (const [name, type] of [
    ["box.avif", "image/avif"],
    ["box.bmp", "image/bmp"],
  ]) {
    const colors = await inPage("middleOf", { pictures: [fixture(name)], types: [undefined, "", type] });
    assert.equal(colors.length, 3);
    for (const color of colors) {
      const isNear = color.every((level, i) => Math.abs(level - [30, 160, 90][i]) <= 6);
      assert.ok(isNear, `${name}: ${color}`);
    }
  }
  const { code, message } = await inPage("refusal", { picture: fixture("box.tiff") });
  assert.equal(code, "UNKNOWN_FORMAT");
  assert.match(message, /found a TIFF picture; convert the screenshot to PNG first$/);
});
