// What is measured: task-gif at each effort, other encoders from npm, and decoding alone. Runs in the page; Node reads
// the names. `encode(blobs, { width, height, delay })` makes a GIF of screenshots, placed top left on black.

/** Decodes screenshots one by one to pixels of the same size, as every peer needs them. */
export async function* decoded(blobs, { width, height }) {
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  for (const blob of blobs) {
    const bitmap = await createImageBitmap(blob);
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    yield context.getImageData(0, 0, width, height);
  }
}

const taskGif =
  (effort) =>
  async (blobs, { delay }) => {
    const { assembleGif } = await import("task-gif");
    const options = { effort, delay, fit: "none", background: "#000", skipBlank: false };
    return (await assembleGif(blobs, options)).blob;
  };

async function gifenc(blobs, { delay, ...size }) {
  const { GIFEncoder, quantize, applyPalette } = await import("gifenc");
  const gif = GIFEncoder();
  for await (const { data, width, height } of decoded(blobs, size)) {
    const palette = quantize(data, 256, { format: "rgb565" });
    gif.writeFrame(applyPalette(data, palette, "rgb565"), width, height, { palette, delay });
  }
  gif.finish();
  return new Blob([gif.bytes()], { type: "image/gif" });
}

async function gifJs(blobs, { delay, ...size }) {
  await import("gif.js");
  const gif = new globalThis.GIF({
    ...size,
    workers: 2,
    quality: 10,
    workerScript: "/modules/gif.js/dist/gif.worker.js",
  });
  for await (const pixels of decoded(blobs, size)) gif.addFrame(pixels, { delay });
  const blob = await new Promise((resolve, reject) => {
    gif.on("finished", resolve);
    gif.on("abort", reject);
    gif.render();
  });
  for (const worker of gif.freeWorkers) worker.terminate();
  return blob;
}

async function modernGif(blobs, { delay, ...size }) {
  const { encode } = await import("modern-gif");
  const frames = [];
  for await (const { data } of decoded(blobs, size)) frames.push({ data, delay, ...size });
  const options = { ...size, frames, looped: true, loopCount: 0, format: "blob" };
  return encode({ ...options, workerUrl: "/modules/modern-gif/dist/worker.js" });
}

/** Not an encoder: the least time that anything can take which gets its pixels from the browser. */
async function decodeOnly(blobs, size) {
  for await (const { data } of decoded(blobs, size)) if (data.length === 0) throw new Error("nothing was decoded");
  return new Blob([]);
}

/** Names, npm packages and kinds: `own`, `peer` or `floor`. */
export const CONTENDERS = [
  { name: "task-gif, fast", kind: "own", encode: taskGif("fast") },
  { name: "task-gif, balanced", kind: "own", encode: taskGif("balanced") },
  { name: "task-gif, smallest", kind: "own", encode: taskGif("smallest") },
  { name: "gifenc", package: "gifenc", kind: "peer", encode: gifenc },
  { name: "gif.js", package: "gif.js", kind: "peer", encode: gifJs },
  { name: "modern-gif", package: "modern-gif", kind: "peer", encode: modernGif },
  { name: "decoding alone", kind: "floor", encode: decodeOnly },
];
