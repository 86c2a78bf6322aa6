// What each browser's own `<img>` shows while it plays: nothing but the frames of the GIF, and every one of them.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { assembleGif } from "task-gif";
import { GifPlayer } from "../../dist/inspect.node.js";
import { findWebKit } from "../../scripts/lib/browsers.mjs";
import { launchChromium, launchFirefox } from "../browser/support/browsers.mjs";
import { serve } from "../browser/support/server.mjs";
import { launchWebKit } from "../browser/support/webkit.mjs";
import { blobsOf } from "../node/support/fixtures.mjs";
import { byPlayer, sha256 } from "./support/decoders.mjs";
import { rgbOf } from "./support/rgb.mjs";

/** Long enough for a picture of the page to be taken while a frame stays. */
const DELAY_MS = 700;
/** Only a GIF that does not play is looked at so often. */
const MOST_LOOKS = 400;

/** Each opens a page at an address; `look` resolves to a PNG of what the page shows. */
const BROWSERS = {
  Chromium: () => withPlaywright(launchChromium),
  Firefox: () => withPlaywright(launchFirefox),
  ...(findWebKit() && { WebKit: openWebKit }),
};

let server;
before(async () => {
  server = await serve();
});
after(() => server.close());

for (const [name, open] of Object.entries(BROWSERS)) {
  describe(name, () => {
    let page;
    before(async () => {
      page = await open();
    });
    after(() => page?.close());

    for (const [folder, options] of [
      ["shop", { effort: "smallest" }],
      ["shop", { effort: "fast", compat: true }],
      ["mixed", { width: 320, height: 200 }],
    ]) {
      test(`an image shows the frames as they are: ${folder}, ${JSON.stringify(options)}`, async () => {
        const gif = await assembleGif(blobsOf(folder).slice(0, 5), { delay: DELAY_MS, ...options });
        const frames = new Set(await byPlayer(GifPlayer, await gif.bytes(), gif.frames.length));
        await page.show(`data:image/gif;base64,${Buffer.from(await gif.bytes()).toString("base64")}`);
        assert.ok(frames.size > 2);
        const seen = new Set();
        for (let look = 0; look < MOST_LOOKS && seen.size < frames.size; look++) {
          const shown = await pixelsOf(await page.look(), gif.width, gif.height);
          const digest = sha256(rgbOf(shown));
          assert.ok(frames.has(digest), `look ${look}: what is shown is no frame of the GIF`);
          seen.add(digest);
        }
        assert.deepEqual(seen, frames);
      });
    }
  });
}

/** The pixels at the top left of a picture. */
async function pixelsOf(file, width, height) {
  const context = createCanvas(width, height).getContext("2d");
  context.drawImage(await loadImage(file), 0, 0);
  return context.getImageData(0, 0, width, height).data;
}

/** Puts an image at the top left of the page, in place of the one before; resolves once it is decoded. */
async function place(source) {
  const image = new Image();
  image.src = source;
  image.style = "position: fixed; left: 0; top: 0";
  await image.decode();
  document.body.replaceChildren(image);
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

async function withPlaywright(launch) {
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(`${server.url}/`);
  return {
    show: (source) => page.evaluate(place, source),
    look: () => page.screenshot(),
    close: () => browser.close(),
  };
}

async function openWebKit() {
  const browser = await launchWebKit();
  const session = await browser.newSession();
  await session.get(`${server.url}/`);
  const run = `const [source, done] = arguments; (${place})(source).then(() => done(), (error) => done(String(error)));`;
  return {
    async show(source) {
      const failure = await session.executeAsyncScript(run, source);
      if (failure) throw new Error(failure);
    },
    look: async () => Buffer.from(await session.takeScreenshot(), "base64"),
    close: () => browser.close(),
  };
}
