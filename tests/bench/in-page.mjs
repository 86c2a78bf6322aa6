// The part of the benchmark that runs in the page: loading, timing, and comparing a GIF with its screenshots.
import { CONTENDERS, decoded } from "./contenders.mjs";

const DELAY = 1000;
/** SSIMULACRA2 takes half a second a frame, so a sequence is judged by this many. */
const SCORED_FRAMES = 6;

let blobs;
let size;
let encode;
let gif;

/** Fetches the screenshots and warms up on small pieces of them. */
export async function prepare({ name, urls }) {
  ({ encode } = CONTENDERS.find((contender) => contender.name === name));
  blobs = await Promise.all(urls.map(async (url) => (await fetch(url)).blob()));
  size = { width: 0, height: 0 };
  for (const blob of blobs) {
    const bitmap = await createImageBitmap(blob);
    size = { width: Math.max(size.width, bitmap.width), height: Math.max(size.height, bitmap.height) };
    bitmap.close();
  }
  const small = { width: 320, height: 240 };
  const pieces = [];
  for await (const pixels of decoded(blobs.slice(0, 3), small)) {
    const canvas = new OffscreenCanvas(small.width, small.height);
    canvas.getContext("2d").putImageData(pixels, 0, 0);
    pieces.push(await canvas.convertToBlob());
  }
  for (let run = 0; run < 2; run++) await encode(pieces, { ...small, delay: DELAY });
}

/** Makes the GIF once; seconds from blobs to blob. */
export async function timed() {
  const start = performance.now();
  gif = await encode(blobs, { ...size, delay: DELAY });
  return { seconds: (performance.now() - start) / 1000, bytes: gif.size };
}

/** How the GIF differs from its screenshots: sums over all frames, and SSIMULACRA2 of some where `scores` is true. */
export async function compare({ scores }) {
  const spread = Math.min(SCORED_FRAMES, blobs.length);
  const scored = new Set(Array.from({ length: spread }, (_, i) => Math.round((i * (blobs.length - 1)) / (spread - 1))));
  const sums = { squares: 0, samples: 0, still: 0, flickering: 0, scores: [] };
  const display = await openGif();
  let before;
  let index = 0;
  for await (const { data: source } of decoded(blobs, size)) {
    const shown = await display((index + 0.5) * DELAY);
    for (let i = 0; i < source.length; i++) sums.squares += (source[i] - shown[i]) ** 2;
    sums.samples += (source.length / 4) * 3;
    if (before) addFlicker(sums, before, { source, shown });
    if (scores && scored.has(index)) sums.scores.push(await score(source, shown));
    before = { source, shown };
    index++;
  }
  return sums;
}

/** A function that gives the pixels the GIF shows at a time in milliseconds; times must not fall. */
async function openGif() {
  const decoder = new ImageDecoder({ data: gif.stream(), type: "image/gif" });
  await decoder.completed;
  const { frameCount } = decoder.tracks.selectedTrack;
  const context = new OffscreenCanvas(size.width, size.height).getContext("2d", { willReadFrequently: true });
  let index = -1;
  let end = 0;
  let pixels;
  return async (time) => {
    while (time >= end && index < frameCount - 1) {
      const { image } = await decoder.decode({ frameIndex: ++index });
      const { displayWidth: width, displayHeight: height } = image;
      if (width !== size.width || height !== size.height) {
        throw new Error(`the GIF is ${width}x${height}, the screenshots are ${size.width}x${size.height}`);
      }
      context.clearRect(0, 0, width, height);
      context.drawImage(image, 0, 0);
      end += image.duration / 1000;
      image.close();
      pixels = context.getImageData(0, 0, width, height).data;
    }
    return pixels;
  };
}

function addFlicker(sums, before, now) {
  const [was, is, showed, shows] = [before.source, now.source, before.shown, now.shown].map(
    ({ buffer }) => new Uint32Array(buffer),
  );
  for (let i = 0; i < is.length; i++) {
    if (was[i] !== is[i]) continue;
    sums.still++;
    if (showed[i] !== shows[i]) sums.flickering++;
  }
}

/** SSIMULACRA2, which a native program behind the server computes. */
async function score(source, shown) {
  const body = new Blob([new Uint32Array([size.width, size.height]), source, shown]);
  const response = await fetch("/score", { method: "POST", body });
  if (!response.ok) throw new Error("SSIMULACRA2 could not be computed");
  return Number(await response.text());
}
