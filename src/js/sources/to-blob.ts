import { lazyImport } from "../lazy-import.ts";
import { reject } from "../options/argument-checks.ts";
import { describeError, TaskGifError } from "../task-gif-error.ts";
import { canvasToPng, drawableToPng, imageDataToPng } from "./canvas-to-png.ts";
import type { UrlReader } from "./url-reader.ts";

/** Start of base64 of PNG, JPEG, GIF and WebP. None of them is a plausible relative URL. */
const BASE64 = /^\s*(iVBORw0KGgo|[/_]9j[/_]|R0lGOD|UklGR)/;
/** Maximum length of an address without a dot or a colon; longer runs of base64 characters are base64. */
const LONGEST_NAME = 512;
/** Head of a data: URL in base64, with any parameters. Other data: URLs are rare and are fetched like any URL. */
const DATA_URL = /^\s*data:(?:[^,"]|"[^"]*")*;\s*base64\s*,/i;
/** Number of characters that are searched for the head of a data: URL. */
const HEAD = 1000;
/** Start of the text of bytes in Python. */
const PYTHON_BYTES = /^\s*b['"]/;

/**
 * Returns the bytes of a picture from any source, as a blob: it is outside the JavaScript heap, immutable, and cheap to post. Sources
 * that can change are read synchronously. `path` names the argument in errors.
 */
export function toBlob(source: unknown, path: string, readUrl: UrlReader, signal?: AbortSignal): Blob | Promise<Blob> {
  if (typeof source === "string") return fromString(source, path, readUrl, signal);
  if (typeof source === "function") return fromFunction(source as () => unknown, path, readUrl, signal);
  if (ArrayBuffer.isView(source)) return fromView(source);
  // By tag, not by class: the value may come from another window, and the class may not exist here.
  switch (Object.prototype.toString.call(source)) {
    case "[object Blob]":
    case "[object File]":
      return portable(source as Blob);
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

/** Whether a source can be converted without network requests and without encoding a picture. */
export function isAtHand(source: unknown): boolean {
  if (typeof source === "string") return isInline(source);
  return (
    ArrayBuffer.isView(source) || /^\[object (Blob|File|ArrayBuffer)\]$/.test(Object.prototype.toString.call(source))
  );
}

/** Reads a URL with `fetch`. */
export const fetchBlob: UrlReader = async (url, signal) => (await fetching(signal)).fetchBlob(url, signal);

/** Loads the code for network requests, which many pages do not need. */
const fetching = (signal?: AbortSignal) => lazyImport(import("./fetch-blob.lazy.ts"), signal);

function isInline(text: string): boolean {
  const head = text.slice(0, HEAD).replace(PYTHON_BYTES, "");
  if (DATA_URL.test(head) || BASE64.test(head)) return true;
  // Base64 of an unknown format is no address either.
  return text.length > LONGEST_NAME && /^[\w+/=\s-]+$/.test(head.slice(0, LONGEST_NAME));
}

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
  const inner = withoutBytesMarks(text);
  try {
    return new Blob([fromBase64(inner.slice(DATA_URL.exec(inner.slice(0, HEAD))?.[0].length ?? 0))]);
  } catch (error) {
    throw new TaskGifError("UNREADABLE", `expected base64, but ${describeError(error)}; pass bytes or a URL`);
  }
}

/** Returns the content of `b'...'`, the text of bytes in Python; other texts are returned unchanged. */
export function withoutBytesMarks(text: string): string {
  return PYTHON_BYTES.test(text) ? text.trim().slice(2, -1) : text;
}

/** Decodes base64 or base64url. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  // Many times faster, but not in all browsers yet.
  const native = (Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;
  const decoded = text.includes("%") ? decodeURIComponent(text) : text;
  const plain = /[-_]/.test(decoded) ? decoded.replace(/-/g, "+").replace(/_/g, "/") : decoded;
  if (native) return native.call(Uint8Array, plain);
  const letters = atob(plain);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

/** Returns a blob that can be posted to a worker; blobs of files in Node (`openAsBlob`) are copied, since they cannot. */
function portable(blob: Blob): Blob | Promise<Blob> {
  try {
    structuredClone(blob);
    return blob;
  } catch {
    return blob.arrayBuffer().then(
      (bytes) => new Blob([bytes]),
      (error: unknown) => {
        throw new TaskGifError("UNREADABLE", `cannot read the file: ${describeError(error)}`, undefined, error);
      },
    );
  }
}

function fromView(view: ArrayBufferView): Blob {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  // Blobs cannot be made from shared memory, which could change.
  const isShared = Object.prototype.toString.call(view.buffer) === "[object SharedArrayBuffer]";
  return new Blob([isShared ? bytes.slice() : (bytes as Uint8Array<ArrayBuffer>)]);
}
