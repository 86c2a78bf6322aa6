// What holds in every engine; each has a file that names its launcher and what it cannot do, with tests of its own beside.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { digestInNode } from "./digest.mjs";
import { OPTIONS, sequence } from "./pages.mjs";

/** Declares the tests of every engine. `workers`: the numbers of workers to try; `decodes`: pictures that it reads by itself. */
export function testEngine(pages, { workers: counts, decodes }) {
  const { inPage } = pages;

  for (const folder of ["shop", "mixed"]) {
    test(`the same bytes as in Node, for ${counts.join(", ")} workers: ${folder}`, async () => {
      const expected = await digestInNode(folder, OPTIONS);
      for (const workers of counts) {
        const result = await inPage("assemble", { ...sequence(folder), options: { ...OPTIONS, workers } });
        assert.deepEqual([result.digest, result.workers, result.workerKind], [expected, workers, "module"]);
      }
      assert.equal(await inPage("record", sequence(folder)), expected);
    });
  }

  test("a strict policy is enough", async () => {
    const result = await inPage("assemble", sequence("shop"), { path: "/strict" });
    assert.equal(result.digest, await digestInNode("shop", OPTIONS));
  });

  test("a package on another origin runs in workers from a blob", async () => {
    const result = await inPage("assemble", sequence("shop"), { base: pages.elsewhere.url });
    assert.deepEqual([result.digest, result.workerKind], [await digestInNode("shop", OPTIONS), "blob"]);
  });

  test("where no worker may start, the calling thread does the work", async () => {
    const result = await inPage("assemble", sequence("shop"), { path: "/no-workers" });
    assert.deepEqual([result.digest, result.workerKind], [await digestInNode("shop", OPTIONS), "main"]);
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
    const fixture = (name) =>
      readFileSync(new URL(`../../fixtures/pictures/${name}`, import.meta.url)).toString("base64");
    assert.ok(decodes.length > 0);
    for (const type of decodes) {
      const name = `box.${type.slice("image/".length)}`;
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
}
