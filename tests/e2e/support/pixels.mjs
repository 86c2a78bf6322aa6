// Compares a GIF with the screenshots it was made of, pixel by pixel, with a browser's own decoders.
import { launch } from "./browsers.mjs";

/** `compareFrames` in a page; in one of Chromium where the page's browser cannot take a GIF apart, as WebKit cannot. */
export async function compareFramesIn(page, files) {
  if (await page.evaluate(() => "ImageDecoder" in globalThis)) return page.evaluate(compareFrames, files);
  const chromium = await launch("Chromium");
  try {
    const other = await chromium.openPage(await page.evaluate(() => `${location.origin}/`));
    return await other.evaluate(compareFrames, files);
  } finally {
    await chromium.close();
  }
}

/**
 * Runs in the page. `gif` is base64, `sources[i]` the address or base64 of the screenshot that frame `i` shows.
 * For each frame:
 * - `differing`, `most`, `mean`: the share of pixels that differ from the screenshot, and by how much;
 * - `changed`, `changedWrong`, `colors`: pixels that are new in this screenshot, those of them that are not exact, and
 *   how many colors they have, which is what had to go into a palette;
 * - `flicker`: pixels that changed in the GIF although they did not in the screenshots.
 */
async function compareFrames({ gif, sources }) {
  const fromBase64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const decoder = new ImageDecoder({ data: fromBase64(gif), type: "image/gif" });
  await decoder.completed;
  await decoder.tracks.ready;
  const { frameCount } = decoder.tracks.selectedTrack;
  const read = async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address} answered with HTTP status ${response.status}`);
    return response.blob();
  };
  const pixelsOf = (picture, width, height) => {
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true, alpha: false });
    context.drawImage(picture, 0, 0);
    return new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  };
  const frames = [];
  let before;
  for (let index = 0; index < Math.min(frameCount, sources.length); index++) {
    const source = sources[index];
    const blob = source.startsWith("http") ? await read(source) : new Blob([fromBase64(source)]);
    const bitmap = await createImageBitmap(blob, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
    const { image } = await decoder.decode({ frameIndex: index });
    const { width, height } = bitmap;
    const wanted = pixelsOf(bitmap, width, height);
    const found = pixelsOf(image, width, height);
    const colors = new Set();
    let [differing, most, sum, changed, changedWrong, flicker] = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < wanted.length; i++) {
      const isChanged = before?.wanted.length !== wanted.length || before.wanted[i] !== wanted[i];
      if (isChanged) {
        colors.add(wanted[i]);
        changed += 1;
        if (wanted[i] !== found[i]) changedWrong += 1;
      } else if (before.found[i] !== found[i]) {
        flicker += 1;
      }
      if (wanted[i] === found[i]) continue;
      differing += 1;
      for (const shift of [0, 8, 16]) {
        const distance = Math.abs(((wanted[i] >> shift) & 255) - ((found[i] >> shift) & 255));
        most = Math.max(most, distance);
        sum += distance;
      }
    }
    frames.push({
      width: image.displayWidth === width && image.displayHeight === height ? width : -1,
      differing: differing / wanted.length,
      most,
      mean: sum / (wanted.length * 3),
      colors: colors.size,
      changed,
      changedWrong,
      flicker,
    });
    image.close();
    bitmap.close();
    before = { wanted, found };
  }
  decoder.close();
  return { frameCount, frames };
}
