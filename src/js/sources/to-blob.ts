import { lazyImport } from "../lazy-import.ts";
import { reject } from "../options/argument-checks.ts";
import { describeError, TaskGifError } from "../task-gif-error.ts";
import { canvasToPng, drawableToPng, imageDataToPng } from "./canvas-to-png.ts";
import type { UrlReader } from "./url-reader.ts";

/** What the base64 of PNG, JPEG, GIF and WebP begins with. None of them is a plausible relative URL. */
const BASE64 = /^\s*(iVBORw0KGgo|[/_]9j[/_]|R0lGOD|UklGR)/;
/** Letters of base64 in a row that are more than any address has without a dot or a colon. */
const LONGEST_NAME = 512;
/** The head of a data: URL in base64, whatever its parameters. Others are rare, and read like any URL. */
const DATA_URL = /^\s*data:(?:[^,"]|"[^"]*")*;\s*base64\s*,/i;
/** Characters in which the head of a data: URL is looked for. */
const HEAD = 1000;
/** What Python's `str` of bytes begins with. */
const PYTHON_BYTES = /^\s*b['"]/;

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

function isInline(text: string): boolean {
  const head = text.slice(0, HEAD).replace(PYTHON_BYTES, "");
  if (DATA_URL.test(head) || BASE64.test(head)) return true;
  // A picture of a kind that nothing here reads is still no address.
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

/** What stands in `b'...'`, as Python's `str` writes bytes; any other text as it is. */
export function withoutBytesMarks(text: string): string {
  return PYTHON_BYTES.test(text) ? text.trim().slice(2, -1) : text;
}

/** The bytes that base64 stands for, in the usual alphabet or in the one for URLs. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  // Not everywhere yet, and many times faster.
  const native = (Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;
  const decoded = text.includes("%") ? decodeURIComponent(text) : text;
  const plain = /[-_]/.test(decoded) ? decoded.replace(/-/g, "+").replace(/_/g, "/") : decoded;
  if (native) return native.call(Uint8Array, plain);
  const letters = atob(plain);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

/** A blob that can be handed to a worker, which one over a file of Node (`openAsBlob`) cannot. */
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
  // A blob does not take shared memory, since that could change under it.
  const isShared = Object.prototype.toString.call(view.buffer) === "[object SharedArrayBuffer]";
  return new Blob([isShared ? bytes.slice() : (bytes as Uint8Array<ArrayBuffer>)]);
}
