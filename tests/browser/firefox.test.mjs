// The built package in Firefox.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { launchFirefox } from "./support/browsers.mjs";
import { digestInNode } from "./support/digest.mjs";
import { OPTIONS, sequence, usePages } from "./support/pages.mjs";

const pages = usePages(launchFirefox);
const { inPage } = pages;

for (const folder of ["shop", "mixed"]) {
  test(`the same bytes as in Node, for 1, 2 and 3 workers: ${folder}`, async () => {
    const expected = await digestInNode(folder, OPTIONS);
    for (const workers of [1, 2, 3]) {
      const result = await inPage("assemble", { ...sequence(folder), options: { ...OPTIONS, workers } });
      assert.deepEqual([result.digest, result.workers, result.workerKind], [expected, workers, "module"]);
    }
    assert.equal(await inPage("record", sequence(folder)), expected);
  });
}

test("workers start from another origin, or the calling thread does the work", async () => {
  const expected = await digestInNode("shop", OPTIONS);
  const blob = await inPage("assemble", sequence("shop"), { base: pages.elsewhere.url });
  assert.deepEqual([blob.digest, blob.workerKind], [expected, "blob"]);
  const main = await inPage("assemble", sequence("shop"), { path: "/no-workers" });
  assert.deepEqual([main.digest, main.workerKind], [expected, "main"]);
});

test("every form in which a browser has a picture gives the same bytes", async () => {
  const expected = await digestInNode("shop", OPTIONS);
  for (const [form, digest] of Object.entries(await inPage("everyForm", sequence("shop")))) {
    assert.equal(digest, expected, form);
  }
});

test("an abort settles at once, and the next assembly is as it should be", async () => {
  const result = await inPage("abort", sequence("shop"));
  assert.deepEqual(result, { name: "AbortError", isAtOnce: true, next: await digestInNode("shop", OPTIONS) });
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
