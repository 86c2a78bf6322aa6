// What every project of the matrix does: one assembly through the package's public names, checked against a screenshot,
// and a look into the GIF, which takes the other wasm module.
import { assembleGif } from "task-gif";
import { inspectGif } from "task-gif/inspect";

/** Assembles two screenshots that stand beside the page and compares the GIF's first frame with the first of them. */
export async function run(options = {}) {
  const load = async (name) => (await fetch(name)).blob();
  const screenshots = await Promise.all(["00.png", "03.png"].map(load));
  const gif = await assembleGif(screenshots, { lossy: 0, delay: 1000, ...options });
  const [shown, source] = await Promise.all([pixelsOf(gif.blob), pixelsOf(screenshots[0])]);
  let sum = 0;
  for (let i = 0; i < source.length; i++) sum += Math.abs(shown[i] - source[i]);
  // The picture has more than 256 colors, so a few of its pixels have a neighboring one.
  const isTrue = shown.length === source.length && sum / source.length < 0.5;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await gif.blob.arrayBuffer()));
  return {
    digest: digest.toString(),
    isTrue,
    frames: (await inspectGif(gif)).frames.length,
    workerKind: gif.stats.workerKind,
  };
}

async function pixelsOf(blob) {
  const bitmap = await createImageBitmap(blob);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
}

globalThis.result = run(globalThis.options).catch((error) => ({
  error: `${error.code ?? error.name}: ${error.message}`,
}));
