// `maxBytes` in Chromium, on a task of the dashboard: without captions the bytes of Node, with them a GIF that fits.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assembleGif } from "task-gif";
import { launchChromium } from "./support/browsers.mjs";
import { serve } from "./support/server.mjs";

const SAMPLES = fileURLToPath(new URL("../../www/public/tasks", import.meta.url));
const FOLDER = "code-editor";
const FILES = readdirSync(join(SAMPLES, FOLDER))
  .filter((name) => name.endsWith(".png"))
  .sort();
const OPTIONS = { delay: 1000, maxBytes: 40_000 };
let browser;
let server;

before(async () => {
  [browser, server] = await Promise.all([launchChromium(), serve({ screens: SAMPLES })]);
});
after(async () => {
  await browser?.close();
  server?.close();
});

async function inChromium(argument) {
  const page = await browser.newPage();
  try {
    await page.goto(server.url);
    const call = async (given) => (await import("/support/in-page.mjs")).assemble(given);
    return await page.evaluate(call, { base: "", folder: FOLDER, files: FILES, options: OPTIONS, ...argument });
  } finally {
    await page.close();
  }
}

test("a limit leads to the same bytes as in Node", async () => {
  const gif = await assembleGif(
    FILES.map((file) => new Blob([readFileSync(join(SAMPLES, FOLDER, file))])),
    OPTIONS,
  );
  const expected = createHash("sha256").update(new Uint8Array(await gif.blob.arrayBuffer()));
  const { digest, bytes, reduction } = await inChromium({});
  assert.equal(digest, expected.digest("hex"));
  assert.deepEqual(reduction, { ...gif.reduction });
  assert.ok(reduction.attempts > 1 && bytes <= OPTIONS.maxBytes);
});

test("with captions it fits, smaller and with the captions below", async () => {
  const captions = FILES.map((_, i) => `Step ${i + 1}: look for the setting`);
  const full = await inChromium({ captions, options: { delay: 1000, captions: true } });
  const { bytes, reduction, width, height } = await inChromium({ captions, options: { ...OPTIONS, captions: true } });
  assert.ok(full.bytes > OPTIONS.maxBytes && bytes <= OPTIONS.maxBytes, `${full.bytes} became ${bytes} bytes`);
  assert.deepEqual([full.width, width], [1280, Math.round(1280 * reduction.scale)]);
  assert.ok(reduction.scale < 1);
  assert.ok(height > Math.round(720 * reduction.scale), `${height} leaves no room for captions`);
});
