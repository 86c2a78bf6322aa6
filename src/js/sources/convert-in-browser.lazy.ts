import { drawableToPng } from "./canvas-to-png.ts";

/**
 * Converts pictures of formats that the package does not decode, by the decoder of this browser. Loaded with the first of them.
 *
 * Another browser or version may round differently, so the bytes of the GIF are not guaranteed to be equal everywhere.
 */

/** Returns a picture as PNG, or unchanged if the browser cannot decode it: the package's decoder then reports the error. */
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
