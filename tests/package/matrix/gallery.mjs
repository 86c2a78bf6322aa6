// The pages that the projects of the matrix build, and what each of them must come to.
import assert from "node:assert/strict";
import { join } from "node:path";
import { serveStatic } from "../../../scripts/lib/static-server.mjs";
import { launchChromium } from "../../browser/support/browsers.mjs";
import { createProject } from "./project.mjs";

/** A page that runs the project's app.js, as a bundler left it. */
export const PAGE =
  '<!doctype html><meta charset="utf-8"><title>t</title><script type="module" src="./app.js"></script>';

/** Assembles the project's screenshots in Node and its kin, and prints the digest of the GIF. */
export const SCRIPT = `import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { assembleGif } from "task-gif";
import { inspectGif } from "task-gif/inspect";
const gif = await assembleGif(["00.png", "03.png"].map((name) => readFileSync(name)), { lossy: 0, delay: 1000 });
const bytes = new Uint8Array(await gif.blob.arrayBuffer());
if ((await inspectGif(gif)).frames.length !== gif.frames.length) throw new Error("the frames are not those it was made of");
console.log(new Uint8Array(createHash("sha256").update(bytes).digest()).toString(), gif.stats.workerKind);
`;

/**
 * A project with the packed package in it, inside `folder` if one is given, and a browser:
 * `{ project, expected, serve, shown, check, close }`.
 */
export async function openGallery(folder) {
  const project = createProject(folder);
  const closers = [() => project.remove()];
  const close = async () => {
    for (const each of closers.reverse()) await each();
  };
  try {
    const browser = await launchChromium();
    closers.push(() => browser.close());
    project.write("node.mjs", SCRIPT);
    const [expected] = project.run("node.mjs").split(" ");
    return {
      project,
      /** The digest every way must come to. */
      expected,
      closers,
      close,
      /** Serves a folder of the project; resolves to its address. */
      async serve(path) {
        const server = await serveStatic(join(project.folder, path));
        closers.push(server.close);
        return server.url;
      },
      /** Opens a page and waits until `test` is true of it; resolves to what it then returns. */
      async shown(url, test) {
        const page = await browser.newPage();
        try {
          await page.goto(url);
          return await (await page.waitForFunction(test)).jsonValue();
        } finally {
          await page.close();
        }
      },
      /** Opens a page, waits for what app.js leaves in `result`, and compares. */
      async check(url, workerKind = "module") {
        const page = await browser.newPage();
        try {
          await page.goto(url);
          await page.waitForFunction(() => globalThis.result !== undefined);
          const result = await page.evaluate(() => globalThis.result);
          assert.deepEqual(result, { digest: expected, isTrue: true, frames: 2, workerKind });
        } finally {
          await page.close();
        }
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
