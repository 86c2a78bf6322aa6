// `task-gif/wasm` in every engine, and in Node: one call, the bytes of `assembleGif`.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { findWebKit } from "../../scripts/lib/browsers.mjs";
import { blobsOf } from "../node/support/fixtures.mjs";
import { launchChromium, launchFirefox } from "./support/browsers.mjs";
import { digestInNode } from "./support/digest.mjs";
import { OPTIONS, sequence, usePages } from "./support/pages.mjs";
import { launchWebKitBrowser } from "./support/webkit.mjs";

const ENGINES = {
  Chromium: launchChromium,
  Firefox: launchFirefox,
  ...(findWebKit() && { WebKit: launchWebKitBrowser }),
};
const FOLDERS = ["shop", "mixed"];
const NO_PICTURE = { name: "TaskGifError", code: "UNKNOWN_FORMAT", frame: 1 };

for (const [name, launch] of Object.entries(ENGINES)) {
  const { inPage } = usePages(launch);
  test(`${name}: assemble_gif makes the bytes of assembleGif`, async () => {
    for (const folder of FOLDERS) {
      const { digest, facts, error } = await inPage("bareWasm", sequence(folder));
      assert.equal(digest, await digestInNode(folder, OPTIONS), folder);
      assert.ok(facts.frames > 1 && facts.durationMs >= facts.frames * 1000, JSON.stringify(facts));
      assert.deepEqual(error, NO_PICTURE);
    }
  });
}

test("Node: assemble_gif makes the bytes of assembleGif, and takes a time for each screenshot", async () => {
  const { assemble_gif, init } = await import("../../dist/wasm.node.js");
  await init();
  for (const folder of FOLDERS) {
    const { bytes } = await assemble_gif(blobsOf(folder), OPTIONS);
    assert.equal(createHash("sha256").update(bytes).digest("hex"), await digestInNode(folder, OPTIONS), folder);
  }
  const [first, , , second] = blobsOf("shop");
  const timing = [{ delayMs: 300 }, { delayMs: 700 }];
  assert.equal((await assemble_gif([first, second], {}, undefined, timing)).durationMs, 1000);
  await assert.rejects(assemble_gif([first, new Blob(["no picture"])]), NO_PICTURE);
  await assert.rejects(assemble_gif([first, second], { effort: "utmost" }), { code: "BAD_OPTION" });
});
