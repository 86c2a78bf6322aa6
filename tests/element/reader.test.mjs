// The crate's GIF reader against the decoder of each browser, frame by frame.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { randomGif } from "./support/gif-maker.mjs";
import { BROWSERS, start } from "./support/pages.mjs";

const files = {};
for (let seed = 1; seed <= 20; seed++) files[`/inside-${seed}.gif`] = randomGif(seed);
for (let seed = 1; seed <= 10; seed++) files[`/outside-${seed}.gif`] = randomGif(100 + seed, { mayLeave: true });
const names = (kind) => Object.keys(files).filter((path) => path.startsWith(`/${kind}`));

/** In the page: frames in which the two differ, by file. */
async function differences(paths) {
  const { GifPlayer } = await import("/dist/inspect.js");
  const found = [];
  for (const path of paths) {
    const bytes = await (await fetch(path)).arrayBuffer();
    const player = await GifPlayer.open(bytes);
    const { width, height, frames } = player.info;
    const decoder = new ImageDecoder({ data: bytes, type: "image/gif" });
    await decoder.completed;
    await decoder.tracks.ready;
    const { frameCount } = decoder.tracks.selectedTrack;
    if (frameCount !== frames.length) found.push(`${path}: ${frameCount} frames, not ${frames.length}`);
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    for (let index = 0; index < frameCount; index++) {
      const { image } = await decoder.decode({ frameIndex: index });
      context.clearRect(0, 0, width, height);
      context.drawImage(image, 0, 0);
      const expected = context.getImageData(0, 0, width, height).data;
      const { data } = await player.frame(index);
      const wrong = expected.filter((value, i) => value !== data[i]).length;
      if (wrong > 0) found.push(`${path} frame ${index}: ${wrong} values`);
      if (image.duration !== frames[index].playedMs * 1000) found.push(`${path} frame ${index}: ${image.duration}`);
      image.close();
    }
    decoder.close();
    player.close();
  }
  return found;
}

// WebKit has no decoder that gives out single frames.
for (const name of BROWSERS.filter((each) => each !== "WebKit")) {
  describe(name, () => {
    let site;
    before(async () => {
      site = await start(name, files);
    });
    after(() => site?.close());

    for (const kind of ["inside", "outside"]) {
      test(`every frame is what the browser shows: frames ${kind} the screen`, async () => {
        const page = await site.open();
        assert.deepEqual(await page.evaluate(differences, names(kind)), []);
        await page.close();
      });
    }
  });
}
