import { h } from "./dom.ts";

/** Creates a canvas with a picture at its original size. */
export function canvasOf(picture: ImageData | ImageBitmap, attributes: Record<string, string> = {}): HTMLCanvasElement {
  const { width, height } = picture;
  const canvas = h("canvas", { ...attributes, width, height });
  const context = canvas.getContext("2d");
  if (picture instanceof ImageData) context?.putImageData(picture, 0, 0);
  else context?.drawImage(picture, 0, 0);
  return canvas;
}

/** Encodes a picture as a file. */
export function fileOf(picture: ImageData | ImageBitmap, type: string): Promise<Blob | undefined> {
  const canvas = canvasOf(picture);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), type));
}
