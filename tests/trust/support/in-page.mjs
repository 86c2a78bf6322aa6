// What the decoder tests do inside a page.
import { rgbOf } from "./rgb.mjs";

/** Bytes of base64. */
const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Digests of the frames of each GIF, given as base64, as the browser decodes them. */
export async function frames(gifs) {
  const all = [];
  for (const gif of gifs) {
    const decoder = new ImageDecoder({ data: bytesOf(gif), type: "image/gif" });
    await Promise.all([decoder.tracks.ready, decoder.completed]);
    const digests = [];
    for (let index = 0; index < decoder.tracks.selectedTrack.frameCount; index++) {
      const { image } = await decoder.decode({ frameIndex: index });
      const { displayWidth: width, displayHeight: height } = image;
      const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
      context.drawImage(image, 0, 0);
      image.close();
      const { data } = context.getImageData(0, 0, width, height);
      digests.push(await sha256(rgbOf(data)));
    }
    decoder.close();
    all.push(digests);
  }
  return all;
}

/** The digest of the GIF that the package makes here; shots have base64 as their image. */
export async function assembled(shots, options) {
  const { assembleGif } = await import("/dist/index.js");
  const described = shots.map((shot) => ({ ...shot, image: new Blob([bytesOf(shot.image)]) }));
  const gif = await assembleGif(described, options);
  return sha256(await gif.blob.arrayBuffer());
}

/** How each of these files ends as the second of two screenshots. */
export async function endings(good, files) {
  const { assembleGif } = await import("/dist/index.js");
  const seen = [];
  for (const file of files) {
    const shots = [good, file].map((bytes) => new Blob([bytesOf(bytes)]));
    const ending = assembleGif(shots, { effort: "fast", workers: 1 }).then(
      (gif) => ({ size: gif.blob.size }),
      ({ name, code, frame, message }) => ({ name, code, frame, message }),
    );
    seen.push(await ending);
  }
  return seen;
}
