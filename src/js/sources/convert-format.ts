import { lazyImport } from "../lazy-import.ts";

/** MIME types of formats that the package decodes itself. */
const OWN_TYPE = /^image\/(png|apng|jpeg|webp|gif)$/;
/** Start of formats that some browsers decode but the package does not: AVIF and HEIC, BMP, JPEG XL, TIFF. */
const FOREIGN = /^(BM|.{4}(ftyp(avi|hei|hev|mif1|msf1)|JXL )|ÿ\n|II\*|MM.\*)/s;

/**
 * Converts a screenshot of a format that only this browser decodes to PNG. Returns it unchanged if there is no other decoder, as in
 * Node, or if that one fails too.
 */
export function convertFormat(picture: Blob, signal: AbortSignal | undefined): Blob | Promise<Blob> {
  const hasDecoder = typeof createImageBitmap !== "undefined" && typeof OffscreenCanvas !== "undefined";
  return !hasDecoder || OWN_TYPE.test(picture.type) ? picture : recoded(picture, signal);
}

async function recoded(picture: Blob, signal: AbortSignal | undefined): Promise<Blob> {
  // If it cannot be read, the worker reports the error with the index of the screenshot.
  const head = await picture
    .slice(0, 16)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  if (!FOREIGN.test(String.fromCharCode(...new Uint8Array(head)))) return picture;
  const { convertInBrowser } = await lazyImport(import("./convert-in-browser.lazy.ts"), signal);
  return convertInBrowser(picture);
}
