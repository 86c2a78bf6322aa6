// In the service worker of a real extension (manifest version 3), where browsers refuse import() and workers: the
// single-file entry works there, and the main entry's error names it.
import assert from "node:assert/strict";
import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { ROOT } from "../../scripts/lib/process.mjs";
import { filesOf, folderOf } from "../node/support/fixtures.mjs";

const MANIFEST = {
  manifest_version: 3,
  name: "task-gif in a service worker",
  version: "1",
  background: { service_worker: "worker.js", type: "module" },
  content_security_policy: { extension_pages: "script-src 'self' 'wasm-unsafe-eval'" },
};
const SCRIPT = `import * as inline from "./dist/inline.js";
import * as main from "./dist/index.js";

const shots = async () => Promise.all(["a.png", "b.png"].map(async (name) => (await fetch(name)).blob()));
globalThis.assemble = async (entry) => {
  try {
    const { blob, frames } = await { inline, main }[entry].assembleGif(await shots());
    return { bytes: blob.size, frames: frames.length };
  } catch (error) {
    return { code: error.code, message: error.message };
  }
};
`;

let folder;
let context;
let worker;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "task-gif-extension-"));
  const extension = join(folder, "extension");
  cpSync(join(ROOT, "dist"), join(extension, "dist"), {
    recursive: true,
    filter: (path) => !path.startsWith(join(ROOT, "dist/dashboard")),
  });
  for (const [i, name] of ["a.png", "b.png"].entries()) {
    copyFileSync(join(folderOf("shop"), filesOf("shop")[i]), join(extension, name));
  }
  writeFileSync(join(extension, "manifest.json"), JSON.stringify(MANIFEST));
  writeFileSync(join(extension, "worker.js"), SCRIPT);
  context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: [
      ...["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run"],
      ...[`--disable-extensions-except=${extension}`, `--load-extension=${extension}`],
    ],
    headless: false,
  });
  worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  // The worker is there before its modules have run.
  while (!(await worker.evaluate(() => typeof globalThis.assemble === "function"))) await new Promise(setImmediate);
});

after(async () => {
  await context?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the single-file entry assembles in the service worker itself", async () => {
  const made = await worker.evaluate(() => globalThis.assemble("inline"));
  assert.equal(made.frames, 2, JSON.stringify(made));
  assert.ok(made.bytes > 1000);
});

test("the main entry cannot, and says which entry can", async () => {
  const failed = await worker.evaluate(() => globalThis.assemble("main"));
  assert.equal(failed.code, "SCRIPT_NOT_FOUND");
  assert.match(failed.message, /service worker.*task-gif\/inline/);
});
