// The tests that every browser must pass.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { serve } from "../../browser/support/server.mjs";
import { filesOf } from "../../node/support/fixtures.mjs";
import { CASES, SCRIPTS } from "./cases.mjs";
import { facesFor } from "./fonts.mjs";
import { assertLike, OTHER_ENGINE } from "./goldens.mjs";

/** Declares the tests; `like` says how far a picture may be from its golden one. */
export function inBrowser(test, browser, like = OTHER_ENGINE) {
  test("everything is drawn as in its golden picture", async () => {
    const page = await preparedPage(browser());
    for (const { name } of CASES) {
      const { width, height, base64 } = await page.evaluate((each) => globalThis.captions.draw(each), name);
      const rgba = Uint8ClampedArray.from(Buffer.from(base64, "base64"));
      await assertLike(name, { width, height, rgba }, like);
    }
    await page.close();
  });

  test("noise of one in what is read back changes no overlay", async () => {
    const page = await preparedPage(browser());
    assert.deepEqual(await page.evaluate(() => globalThis.captions.changedByNoise(1)), []);
    await page.close();
  });

  test("a GIF with captions has the same bytes with workers, without, and when read-back is noisy", async () => {
    const here = await serve();
    try {
      const gif = await assembled(browser(), here.url, {});
      assert.deepEqual([gif.width, gif.warnings, gif.workerKind], [420, [], "module"]);
      assert.ok(gif.height > 290 && gif.height < 320);
      const alone = await assembled(browser(), `${here.url}/no-workers`, {});
      assert.deepEqual([alone.digest, alone.workerKind], [gif.digest, "main"]);
      assert.equal((await assembled(browser(), here.url, { noise: true })).digest, gif.digest);
    } finally {
      here.close();
    }
  });

  test("a canvas that cannot be read is found out before anything is drawn", async () => {
    const page = await preparedPage(browser());
    assert.match(await page.evaluate(() => globalThis.captions.failureWhenBlocked()), /cannot be read back/);
    await page.close();
  });
}

/** What an assembly on a page of the test server gives: its size, and a digest of its bytes. */
async function assembled(browser, url, wish) {
  const page = await browser.newPage();
  await page.goto(url);
  const found = await page.evaluate(
    async ({ files, noise }) => {
      if (noise) {
        for (const { prototype } of [OffscreenCanvasRenderingContext2D, CanvasRenderingContext2D]) {
          const read = prototype.getImageData;
          prototype.getImageData = function (...area) {
            const image = read.apply(this, area);
            for (let i = 0; i < image.data.length; i++) image.data[i] += ((i * 7919) % 3) - 1;
            return image;
          };
        }
      }
      const { assembleGif } = await import("/dist/index.js");
      const blobs = await Promise.all(files.map(async (file) => (await fetch(`/screens/shop/${file}`)).blob()));
      const screenshots = blobs.map((image, i) => ({ image, caption: `${i} Öffnen 打开 افتح 🎉` }));
      const options = { delay: 1000, captions: true, stepNumbers: true, title: "A task 🚀", logo: blobs[0] };
      const gif = await assembleGif(screenshots, options);
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await gif.blob.arrayBuffer()));
      const { warnings, workerKind } = gif.stats;
      return { width: gif.width, height: gif.height, digest: digest.join(), warnings, workerKind };
    },
    { files: filesOf("shop"), ...wish },
  );
  await page.close();
  return found;
}

/** A page with the modules of src/js/captions and the fonts of the tests. */
async function preparedPage(browser) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("in-page.mjs", import.meta.url))],
    bundle: true,
    format: "iife",
    globalName: "captions",
    target: "es2022",
    write: false,
    logLevel: "error",
  });
  const page = await browser.newPage();
  await page.evaluate(`${outputFiles[0].text}; globalThis.captions = captions; 0`);
  const faces = facesFor([...Object.values(SCRIPTS), "0123456789 /…"]).map((face) => ({
    ...face,
    base64: readFileSync(face.path).toString("base64"),
  }));
  await page.evaluate((each) => globalThis.captions.prepare(each), faces);
  return page;
}
