import type { Rect } from "../../public-types.ts";

/** Decodes a screenshot and covers its redacted boxes, as in the GIF. */
export async function redactedBitmap(image: Blob, redact: readonly Rect[]): Promise<ImageBitmap> {
  const bitmap = await createImageBitmap(image);
  if (redact.length === 0) return bitmap;
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d")!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  for (const { left, top, width, height } of redact) {
    const [x, y] = [Math.floor(left), Math.floor(top)];
    context.fillRect(x, y, Math.ceil(left + width) - x, Math.ceil(top + height) - y);
  }
  return canvas.transferToImageBitmap();
}
