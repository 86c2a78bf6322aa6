// The built package in WebKit, Safari's engine, as Debian has it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findWebKit } from "../../scripts/lib/browsers.mjs";
import { digestInNode } from "./support/digest.mjs";
import { OPTIONS, sequence, usePages } from "./support/pages.mjs";
import { launchWebKitBrowser } from "./support/webkit.mjs";

if (findWebKit()) {
  const pages = usePages(launchWebKitBrowser);
  const { inPage } = pages;

  for (const folder of ["shop", "mixed"]) {
    test(`the same bytes as in Node, for 1 to 4 workers: ${folder}`, async () => {
      const expected = await digestInNode(folder, OPTIONS);
      for (const workers of [1, 2, 3, 4]) {
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

  test("a strict policy is enough", async () => {
    const result = await inPage("assemble", sequence("shop"), { path: "/strict" });
    assert.equal(result.digest, await digestInNode("shop", OPTIONS));
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
} else {
  test("WebKit", { skip: "WebKit is not installed" }, () => {});
}
