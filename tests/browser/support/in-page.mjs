// What tests do inside a page. Each function takes and returns what survives the way into and out of a browser.

/** Imports the built package from `base`, which may be another origin, by one of its entries. */
const load = (base, entry = "index") => import(`${base}/dist/${entry}.js`);

/** Recorded screenshots as blobs. */
async function screens(folder, files) {
  return Promise.all(files.map(async (file) => (await fetch(`/screens/${folder}/${file}`)).blob()));
}

/** A digest of a GIF, to compare between browsers, Node and the native crate. */
async function digest(gif) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await gif.blob.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Assembles a recorded sequence, with captions if there are any; the digest and the numbers that tests look at. */
export async function assemble({ base, entry, folder, files, captions, options }) {
  const { assembleGif } = await load(base, entry);
  const blobs = await screens(folder, files);
  const steps = captions ? blobs.map((image, i) => ({ image, caption: captions[i] })) : blobs;
  const gif = await assembleGif(steps, options);
  const { workers, workerKind, peakMemoryBytes } = gif.stats;
  const { width, height, reduction } = gif;
  return {
    digest: await digest(gif),
    bytes: gif.blob.size,
    width,
    height,
    reduction,
    workers,
    workerKind,
    peakMemoryBytes,
  };
}

/** What the bare wasm makes of a sequence, on this thread, and what it says of a picture that is none. */
export async function bareWasm({ base, folder, files, options }) {
  const { assemble_gif, init } = await load(base, "wasm");
  await Promise.all([init(), init()]);
  const { bytes, ...facts } = await assemble_gif(await screens(folder, files), options);
  const blobs = [...(await screens(folder, files.slice(0, 1))), new Blob(["no picture"])];
  const { name, code, frame } = await assemble_gif(blobs, options).catch((reason) => reason);
  return { digest: await digest({ blob: new Blob([bytes]) }), facts, error: { name, code, frame } };
}

/** What an assembly fails with. */
export async function failure({ base, folder, files, options }) {
  const { assembleGif } = await load(base);
  const error = await assembleGif(await screens(folder, files), options).catch((reason) => reason);
  return { name: error.name, code: error.code, frame: error.frame, message: error.message };
}

/** The same screenshots recorded one by one. */
export async function record({ base, folder, files, options }) {
  const { GifRecorder } = await load(base);
  const recorder = new GifRecorder(options);
  for (const blob of await screens(folder, files)) await recorder.add(blob);
  return digest(await recorder.finish());
}

/** Digests of GIFs made from every form in which a browser has a picture. */
export async function everyForm({ base, folder, files, options }) {
  const { assembleGif } = await load(base);
  const blobs = await screens(folder, files);
  const urls = files.map((file) => `/screens/${folder}/${file}`);
  const bitmaps = () => Promise.all(blobs.map((blob) => createImageBitmap(blob)));
  const drawn = (make) => async () => {
    return (await bitmaps()).map((bitmap) => {
      const canvas = make(bitmap.width, bitmap.height);
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      return canvas;
    });
  };
  const element = (width, height) => Object.assign(document.createElement("canvas"), { width, height });
  const offscreen = (width, height) => new OffscreenCanvas(width, height);
  const forms = {
    blobs: () => blobs,
    buffers: () => Promise.all(blobs.map((blob) => blob.arrayBuffer())),
    files: () => blobs.map((blob, i) => new File([blob], files[i])),
    "relative URLs": () => urls,
    "URL objects": () => urls.map((url) => new URL(url, location.href)),
    "blob URLs": () => blobs.map((blob) => URL.createObjectURL(blob)),
    responses: () => Promise.all(urls.map((url) => fetch(url))),
    "image elements": () => urls.map((src) => Object.assign(new Image(), { src })),
    bitmaps,
    "canvas elements": drawn(element),
    "offscreen canvases": drawn(offscreen),
    "image data": async () => {
      const canvases = await drawn(offscreen)();
      return canvases.map((canvas) => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height));
    },
    "video frames": async () => {
      if (typeof VideoFrame === "undefined") return blobs;
      return (await bitmaps()).map((bitmap, i) => new VideoFrame(bitmap, { timestamp: i }));
    },
  };
  const digests = {};
  for (const [form, make] of Object.entries(forms)) {
    digests[form] = await digest(await assembleGif(await make(), options));
  }
  return digests;
}

/** Closes each bitmap as soon as `add` was called, and clears each canvas. */
export async function closeAtOnce({ base, folder, files, options }) {
  const { GifRecorder } = await load(base);
  const recorder = new GifRecorder(options);
  const canvas = document.createElement("canvas");
  for (const [i, blob] of (await screens(folder, files)).entries()) {
    const bitmap = await createImageBitmap(blob);
    if (i % 2) {
      const added = recorder.add(bitmap);
      bitmap.close();
      await added;
      continue;
    }
    Object.assign(canvas, { width: bitmap.width, height: bitmap.height });
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const added = recorder.add(canvas);
    context.clearRect(0, 0, canvas.width, canvas.height);
    await added;
  }
  return digest(await recorder.finish());
}

/** What an abort gives, whether that was before anything else could happen, and what the next assembly gives. */
export async function abort({ base, folder, files, options }) {
  const { assembleGif } = await load(base);
  const blobs = await screens(folder, files);
  const many = Array.from({ length: 12 }, () => blobs).flat();
  const controller = new AbortController();
  let isLate = false;
  const onProgress = ({ done }) => {
    if (done !== 5 || controller.signal.aborted) return;
    controller.abort();
    setTimeout(() => {
      isLate = true;
    });
  };
  const error = await assembleGif(many, { ...options, signal: controller.signal, onProgress }).catch(
    (reason) => reason,
  );
  const isAtOnce = !isLate;
  return { name: error.name, isAtOnce, next: await digest(await assembleGif(blobs, options)) };
}

/** Every report of progress. */
export async function progress({ base, folder, files, options }) {
  const { assembleGif } = await load(base);
  const seen = [];
  await assembleGif(await screens(folder, files), { ...options, onProgress: (report) => seen.push(report) });
  return seen;
}

/** What a tainted canvas gives. */
export async function tainted({ base, url }) {
  const { assembleGif } = await load(base);
  const image = Object.assign(new Image(), { src: url });
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  canvas.getContext("2d").drawImage(image, 0, 0);
  const error = await assembleGif([canvas, canvas]).catch((reason) => reason);
  return { code: error.code, frame: error.frame, message: error.message };
}

/**
 * Compares every frame of a GIF, as the browser decodes it, with its screenshot: the mean and the largest difference
 * of a channel, and the pixels that changed on the screen although their screenshots did not.
 */
export async function compare({ base, folder, files, options }) {
  const { assembleGif } = await load(base);
  const blobs = await screens(folder, files);
  const gif = await assembleGif(blobs, options);
  const decoder = new ImageDecoder({ data: await gif.blob.arrayBuffer(), type: "image/gif" });
  await decoder.tracks.ready;
  const context = new OffscreenCanvas(gif.width, gif.height).getContext("2d", { willReadFrequently: true });
  const pixels = (source) => {
    context.fillStyle = "#fff";
    context.fillRect(0, 0, gif.width, gif.height);
    context.drawImage(source, 0, 0);
    return context.getImageData(0, 0, gif.width, gif.height).data;
  };
  const frames = [];
  let flicker = 0;
  let before;
  for (const [i, { sources }] of gif.frames.entries()) {
    const shown = pixels((await decoder.decode({ frameIndex: i })).image);
    const source = pixels(await createImageBitmap(blobs[sources[0]]));
    let sum = 0;
    let most = 0;
    for (let p = 0; p < source.length; p++) {
      const difference = Math.abs(shown[p] - source[p]);
      sum += difference;
      most = Math.max(most, difference);
      if (
        before &&
        source[p] === before.source[p] &&
        shown[p] !== before.shown[p] &&
        isStatic(source, before.source, p)
      ) {
        flicker++;
      }
    }
    frames.push({ mean: sum / source.length, most });
    before = { shown, source };
  }
  return { frames, flicker, inFile: decoder.tracks.selectedTrack.frameCount };
}

/** Whether the whole pixel around byte `p` is the same in both. */
function isStatic(a, b, p) {
  const start = p - (p % 4);
  return a[start] === b[start] && a[start + 1] === b[start + 1] && a[start + 2] === b[start + 2];
}

/** What `init` of a wrong address says, and whether an assembly works after that. */
export async function initTwice({ base, folder, files }) {
  const { assembleGif, init } = await load(base);
  const error = await init(`${base}/dist/missing.wasm`).catch((reason) => reason);
  await init(`${base}/dist/task_gif_bg.wasm`);
  const gif = await assembleGif(await screens(folder, files));
  return { code: error.code, frames: gif.frames.length };
}

/** The color in the middle of a GIF made of pictures, given as base64: of each form in which a page may have them. */
export async function middleOf({ base, pictures, types }) {
  const { assembleGif } = await load(base);
  const bytes = pictures.map((text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  const colors = [];
  for (const type of types) {
    const sources = type === undefined ? bytes : bytes.map((each) => new Blob([each], { type }));
    const gif = await assembleGif(sources, { minFrames: 1, lossy: 0 });
    const bitmap = await createImageBitmap(gif.blob);
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    colors.push([...context.getImageData(bitmap.width / 2, bitmap.height / 2, 1, 1).data.subarray(0, 3)]);
  }
  return colors;
}

/** What an assembly of one picture, given as base64, fails with. */
export async function refusal({ base, picture }) {
  const { assembleGif } = await load(base);
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  const error = await assembleGif([bytes], { minFrames: 1 }).catch((reason) => reason);
  return { code: error.code, message: error.message };
}
