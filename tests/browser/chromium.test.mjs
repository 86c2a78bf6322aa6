// The built package in Chromium.
import assert from "node:assert/strict";
import { test } from "node:test";
import { filesOf } from "../node/support/fixtures.mjs";
import { launchChromium } from "./support/browsers.mjs";
import { digestInNode } from "./support/digest.mjs";
import { testEngine } from "./support/engine-tests.mjs";
import { OPTIONS, sequence, usePages } from "./support/pages.mjs";

const pages = usePages(launchChromium);
const { inPage } = pages;

testEngine(pages, { workers: [1, 2, 3], decodes: ["image/avif", "image/bmp"] });

test("workers of their own kind start on an isolated page and under a strict policy, and say their memory", async () => {
  const expected = await digestInNode("shop", OPTIONS);
  for (const path of ["/isolated", "/strict"]) {
    const result = await inPage("assemble", sequence("shop"), { path });
    assert.deepEqual([result.digest, result.workerKind], [expected, "module"], path);
    assert.ok(result.peakMemoryBytes > 0);
  }
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
