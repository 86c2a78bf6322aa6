// Generated animations, assembled, and shown by every decoder at hand: all must show the same.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assembleGif } from "task-gif";
import { GifPlayer, inspectGif } from "task-gif/inspect";
import { byFfmpeg, byGifDispose, byGifsicle, byPillow, byPlayer } from "./decoders.mjs";
import { optionsOf, screenshots } from "./pictures.mjs";

/** Animations in one call to a page. */
const BATCH = 25;

/** A GIF of a seed: `{ seed, gif, bytes }`. One in a hundred has a thousand frames. */
async function made(seed) {
  const options = { ...optionsOf(seed), skipBlank: false };
  const shots = seed % 100 === 99 ? screenshots(seed, { count: 1000, side: 12 }) : screenshots(seed);
  const gif = await assembleGif(shots, options);
  return { seed, options, gif, bytes: Buffer.from(await gif.blob.arrayBuffer()) };
}

/**
 * Fails as soon as two of the decoders show a GIF of `seeds` differently: the package's player, gif-dispose,
 * Pillow, ffmpeg, and the browsers of `pages`. Resolves to the number of frames compared.
 */
export async function conform(seeds, native, pages, tell = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), "task-gif-decoders-"));
  let frames = 0;
  try {
    for (let start = 0; start < seeds.length; start += BATCH) {
      const batch = [];
      for (const seed of seeds.slice(start, start + BATCH)) batch.push(await made(seed));
      const paths = batch.map(({ seed }) => join(folder, `${seed}.gif`));
      batch.forEach(({ bytes }, i) => {
        writeFileSync(paths[i], bytes);
      });
      assert.equal(await byGifsicle(paths), "");
      const base64 = batch.map(({ bytes }) => bytes.toString("base64"));
      const others = await Promise.all([byPillow(paths), ...pages.map(({ call }) => call("frames", base64))]);
      const names = ["Pillow", ...pages.map(({ name }) => name)];
      for (const [i, { seed, options, gif, bytes }] of batch.entries()) {
        const what = (decoder) => `${decoder}, seed ${seed}, ${JSON.stringify(options)}`;
        const info = await inspectGif(bytes);
        const odd = info.warnings.filter(({ code }) => options.compat || code !== "DEFERRED_CLEAR");
        assert.deepEqual(odd, [], what("inspect"));
        assert.ok(info.frames.every(({ delayMs }) => delayMs >= 20));
        const expected = await byPlayer(GifPlayer, bytes, info.frames.length);
        assert.deepEqual(await byFfmpeg(paths[i], gif.width, gif.height), expected, what("ffmpeg"));
        assert.deepEqual(await byGifDispose(native, paths[i], gif.width, gif.height), expected, what("gif-dispose"));
        for (const [place, digests] of others.entries()) assert.deepEqual(digests[i], expected, what(names[place]));
        frames += expected.length;
      }
      tell(start + batch.length, frames);
    }
    return frames;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
