import { describeError, TaskGifError } from "../errors.ts";
import { lazyImport } from "../lazy-import.ts";
import { reject } from "../options/validate.ts";
import { canvasToPng, drawableToPng, imageDataToPng } from "./canvas-to-png.ts";

/** How URLs are read; differs between browsers and Node. */
export type UrlReader = (url: string | URL, signal: AbortSignal | undefined) => Promise<Blob>;

/** What the base64 of PNG, JPEG, GIF and WebP begins with. None of them is a plausible relative URL. */
const BASE64 = /^\s*(iVBORw0KGgo|\/9j\/|R0lGOD|UklGR)/;
/** The head of a data: URL in base64. Others are rare, and read like any URL. */
const DATA_URL = /^\s*data:[^,]*;\s*base64\s*,/i;

/**
 * The bytes of any kind of picture, as a blob: kept outside the JavaScript heap, immutable, and cheap to post. Sources
 * that can change are read before the first wait. `path` names the argument in errors.
 */
export function toBlob(source: unknown, path: string, readUrl: UrlReader, signal?: AbortSignal): Blob | Promise<Blob> {
  if (typeof source === "string") return fromString(source, path, readUrl, signal);
  if (typeof source === "function") return fromFunction(source as () => unknown, path, readUrl, signal);
  if (ArrayBuffer.isView(source)) return fromView(source);
  // By tag, not by class: the value may come from another window, and the class may not exist here.
  switch (Object.prototype.toString.call(source)) {
    case "[object Blob]":
    case "[object File]":
      return source as Blob;
    case "[object ArrayBuffer]":
      return new Blob([source as ArrayBuffer]);
    case "[object URL]":
      return readUrl(source as URL, signal);
    case "[object Response]":
      return fetching().then(({ fromResponse }) => fromResponse(source as Response));
    case "[object ImageData]":
      return imageDataToPng(source as ImageData);
    case "[object ImageBitmap]":
    case "[object VideoFrame]":
      return drawableToPng(source as ImageBitmap | VideoFrame);
    case "[object HTMLImageElement]":
      return fetching().then(({ fromImage }) => fromImage(source as HTMLImageElement, readUrl, signal));
    case "[object HTMLCanvasElement]":
    case "[object OffscreenCanvas]":
      return canvasToPng(source as HTMLCanvasElement | OffscreenCanvas);
    default:
      return reject(path, "a Blob, bytes, a URL, base64, a Response, an image, a canvas or a function", source);
  }
}

/** Whether a source is at hand without waiting for the network or for a picture to be packed. */
export function isAtHand(source: unknown): boolean {
  if (typeof source === "string") return isInline(source);
  return (
    ArrayBuffer.isView(source) || /^\[object (Blob|File|ArrayBuffer)\]$/.test(Object.prototype.toString.call(source))
  );
}

/** Reads a URL with `fetch`. */
export const fetchBlob: UrlReader = async (url, signal) => (await fetching(signal)).fetchBlob(url, signal);

/** What reads from the network; many pages have all their screenshots at hand. */
const fetching = (signal?: AbortSignal) => lazyImport(import("./fetch-blob.lazy.ts"), signal);

const isInline = (text: string) => DATA_URL.test(text.slice(0, 200)) || BASE64.test(text);

async function fromFunction(
  read: () => unknown,
  path: string,
  readUrl: UrlReader,
  signal?: AbortSignal,
): Promise<Blob> {
  return toBlob(await read(), path, readUrl, signal);
}

function fromString(text: string, path: string, readUrl: UrlReader, signal?: AbortSignal): Blob | Promise<Blob> {
  if (text.trim() === "") return reject(path, "a URL, a data: URL or base64", text);
  if (!isInline(text)) return readUrl(text, signal);
  try {
    return new Blob([fromBase64(text.slice(DATA_URL.exec(text.slice(0, 200))?.[0].length ?? 0))]);
  } catch (error) {
    throw new TaskGifError("UNREADABLE", `expected base64, but ${describeError(error)}; pass bytes or a URL`);
  }
}

/** The bytes that base64 stands for. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  // Not everywhere yet, and many times faster.
  const native = (Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;
  const plain = text.includes("%") ? decodeURIComponent(text) : text;
  if (native) return native.call(Uint8Array, plain);
  const letters = atob(plain);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

function fromView(view: ArrayBufferView): Blob {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  // A blob does not take shared memory, since that could change under it.
  const isShared = Object.prototype.toString.call(view.buffer) === "[object SharedArrayBuffer]";
  return new Blob([isShared ? bytes.slice() : (bytes as Uint8Array<ArrayBuffer>)]);
}
