import { drawableToPng } from "./canvas-to-png.ts";

/**
 * Pictures of formats that the package does not decode, by the decoder of this browser. Loaded with the first of them.
 *
 * Their pixels are those of this browser: another one, or another version, may round otherwise, so that the bytes of the
 * GIF are not promised to be the same everywhere.
 */

/** A picture as PNG; as it is where the browser cannot decode it, which is then told by the package's own decoder. */
export async function convertInBrowser(picture: Blob): Promise<Blob> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(picture);
  } catch {
    return picture;
  }
  try {
    return await drawableToPng(bitmap);
  } finally {
    bitmap.close();
  }
}
