// Assemblies shown by every decoder at hand: all must show the same.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assembleGif } from "task-gif";
import { GifPlayer, inspectGif } from "task-gif/inspect";
import {
  byFfmpeg,
  byGdkPixbuf,
  byGifDispose,
  byGifsicle,
  byJava,
  byModernGif,
  byPillow,
  byPlayer,
} from "./decoders.mjs";
import { optionsOf, screenshots } from "./pictures.mjs";

/** GIFs, and bytes of them, in one call to a page. */
const BATCH = 25;
const BATCH_BYTES = 8_000_000;

/** A generated animation and its options: `{ name, shots, options }`. One in a hundred has a thousand frames. */
export function generatedAnimation(seed) {
  const options = { ...optionsOf(seed), skipBlank: false };
  const shots = seed % 100 === 99 ? screenshots(seed, { count: 1000, side: 12 }) : screenshots(seed);
  return { name: `seed ${seed}, ${JSON.stringify(options)}`, shots, options };
}

/** The GIFs of `jobs`, some at a time. */
async function* batches(jobs) {
  let batch = [];
  let size = 0;
  for (const { name, shots, options } of jobs) {
    const gif = await assembleGif(shots, options);
    const bytes = Buffer.from(await gif.blob.arrayBuffer());
    batch.push({ name, options, gif, bytes });
    size += bytes.length;
    if (batch.length < BATCH && size < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    size = 0;
  }
  if (batch.length > 0) yield batch;
}

/**
 * Fails as soon as two of the decoders show a GIF of `jobs`, an iterable, differently: the package's player,
 * gif-dispose, Pillow, ffmpeg, modern-gif, the browsers of `pages` and, where they are installed, Java and GdkPixbuf.
 * Resolves to the numbers of GIFs and frames compared, and to the names of decoders that are absent.
 */
export async function conform(jobs, native, pages, tell = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), "task-gif-decoders-"));
  const seen = { gifs: 0, frames: 0, absent: new Set() };
  try {
    for await (const batch of batches(jobs)) {
      const paths = batch.map((_, i) => join(folder, `${i}.gif`));
      batch.forEach(({ bytes }, i) => {
        writeFileSync(paths[i], bytes);
      });
      assert.equal(await byGifsicle(paths), "");
      const base64 = batch.map(({ bytes }) => bytes.toString("base64"));
      const infos = await Promise.all(batch.map(({ bytes }) => inspectGif(bytes)));
      const counts = infos.map(({ frames }) => frames.length);
      const others = await Promise.all([
        byPillow(paths),
        ...pages.map(({ call }) => call("frames", base64)),
        byJava(paths),
        byGdkPixbuf(paths, counts),
      ]);
      const names = ["Pillow", ...pages.map(({ name }) => name), "Java's Toolkit", "GdkPixbuf"];
      for (const [i, { name, gif, bytes }] of batch.entries()) {
        const what = (decoder) => `${decoder}, ${name}`;
        const info = infos[i];
        assert.deepEqual(info.warnings, [], what("inspect"));
        assert.ok(info.frames.every(({ delayMs }) => delayMs >= 20));
        const expected = await byPlayer(GifPlayer, bytes, info.frames.length);
        assert.deepEqual(await byFfmpeg(paths[i], gif.width, gif.height), expected, what("ffmpeg"));
        assert.deepEqual(await byGifDispose(native, paths[i], gif.width, gif.height), expected, what("gif-dispose"));
        for (const [place, digests] of others.entries()) {
          if (digests) assert.deepEqual(digests[i], expected, what(names[place]));
          else seen.absent.add(names[place]);
        }
        // It shows something else after a frame that is taken away again.
        if (!info.frames.some(({ disposal }) => disposal === "previous")) {
          assert.deepEqual(await byModernGif(bytes), expected, what("modern-gif"));
        }
        seen.gifs += 1;
        seen.frames += expected.length;
      }
      tell(seen);
    }
    return seen;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
