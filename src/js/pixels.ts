import { describeError, TaskGifError } from "./errors.ts";

/** Pictures that exist only as pixels, made into PNG: the one lossless form that every path of the crate reads. */

type Drawable = ImageBitmap | VideoFrame | HTMLImageElement;

/** PNG of what a canvas shows at the time of the call. */
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

/** PNG of a picture that can only be drawn; drawn before the first wait, so that it may be closed at once. */
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

/** PNG of raw pixels, without the rounding of a canvas. */
export async function imageDataToPng(image: ImageData): Promise<Blob> {
  const { width, height, data } = image;
  const isPlain = ArrayBuffer.isView(data) && data.BYTES_PER_ELEMENT === 1;
  if (isPlain && (image.colorSpace ?? "srgb") === "srgb") return rgbaToPng(width, height, data);
  const canvas = newCanvas(width, height);
  (canvas.getContext("2d") as OffscreenCanvasRenderingContext2D).putImageData(image, 0, 0);
  return canvasToPng(canvas);
}

/** PNG of RGBA bytes, copied before the first wait. */
export async function rgbaToPng(width: number, height: number, rgba: Uint8Array | Uint8ClampedArray): Promise<Blob> {
  const stride = width * 4;
  const rows = new Uint8Array((stride + 1) * height);
  // Each row begins with its filter: 0, none.
  for (let y = 0; y < height; y++) rows.set(rgba.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, width);
  head.setUint32(4, height);
  head.setUint8(8, 8); // bits a sample
  head.setUint8(9, 6); // RGBA
  const zlib = new Blob([rows]).stream().pipeThrough(new CompressionStream("deflate"));
  const packed = new Uint8Array(await new Response(zlib).arrayBuffer());
  const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
  const parts = [signature, ...chunk("IHDR", new Uint8Array(head.buffer)), ...chunk("IDAT", packed), ...chunk("IEND")];
  return new Blob(parts, { type: "image/png" });
}

function chunk(name: string, data = new Uint8Array(0)): Uint8Array<ArrayBuffer>[] {
  const type = Uint8Array.from(name, (letter) => letter.charCodeAt(0));
  return [bigEndian(data.length), type, data, bigEndian(crc32([type, data]))];
}

function bigEndian(value: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value);
  return new Uint8Array(view.buffer);
}

let crcTable: Uint32Array | undefined;

function crc32(parts: Uint8Array[]): number {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n;
  });
  let crc = ~0;
  for (const part of parts) for (const byte of part) crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 255]!;
  return ~crc >>> 0;
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
