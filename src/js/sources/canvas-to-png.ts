import { describeError, TaskGifError } from "../task-gif-error.ts";

/** Converts canvases, bitmaps and raw pixels to PNG, a lossless format that the crate reads. */

type Drawable = ImageBitmap | VideoFrame | HTMLImageElement;

/** Returns a PNG of a canvas, as it is at the time of the call. */
export async function canvasToPng(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<Blob> {
  try {
    if ("convertToBlob" in canvas) return await canvas.convertToBlob({ type: "image/png" });
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (blob) return blob;
    throw new Error(`its size is ${canvas.width} x ${canvas.height}`);
  } catch (error) {
    throw unreadable("canvas", error);
  }
}

/** Returns a PNG of a picture that can only be drawn. It is drawn synchronously, so the caller may close it at once. */
export async function drawableToPng(image: Drawable): Promise<Blob> {
  let canvas: HTMLCanvasElement | OffscreenCanvas;
  try {
    const { width, height } = sizeOf(image);
    if (width === 0 || height === 0) throw new Error("it is empty or was closed");
    canvas = newCanvas(width, height);
    const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D | null;
    if (!context) throw new Error("there is no 2D context");
    context.drawImage(image, 0, 0, width, height);
  } catch (error) {
    throw unreadable("picture", error);
  }
  return canvasToPng(canvas);
}

/** Returns a PNG of raw pixels, without the rounding of a canvas. */
export async function imageDataToPng(image: ImageData): Promise<Blob> {
  const { width, height, data } = image;
  const isPlain = ArrayBuffer.isView(data) && data.BYTES_PER_ELEMENT === 1;
  if (isPlain && (image.colorSpace ?? "srgb") === "srgb") {
    const copy = data.slice();
    return (await import("./encode-png.lazy.ts")).rgbaToPng(width, height, copy);
  }
  const canvas = newCanvas(width, height);
  (canvas.getContext("2d") as OffscreenCanvasRenderingContext2D).putImageData(image, 0, 0);
  return canvasToPng(canvas);
}

function newCanvas(width: number, height: number): HTMLCanvasElement | OffscreenCanvas {
  if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

function sizeOf(image: Drawable): { width: number; height: number } {
  if ("naturalWidth" in image) return { width: image.naturalWidth, height: image.naturalHeight };
  if ("displayWidth" in image) return { width: image.displayWidth, height: image.displayHeight };
  return image;
}

function unreadable(what: string, error: unknown): TaskGifError {
  const tainted = error instanceof DOMException && error.name === "SecurityError";
  const hint = tainted ? "it shows a picture of another origin; load that one with CORS" : describeError(error);
  return new TaskGifError("UNREADABLE", `expected a ${what} whose pixels can be read, but ${hint}`, undefined, error);
}
