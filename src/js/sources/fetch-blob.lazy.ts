import { describeError, TaskGifError } from "../task-gif-error.ts";
import { drawableToPng } from "./canvas-to-png.ts";
import type { UrlReader } from "./url-reader.ts";

/** Fetches screenshots. Loaded with the first one that is given by its URL. */

/** Returns the body of a response as a blob, after checks of its status and content. */
export async function fromResponse(response: Response): Promise<Blob> {
  const where = response.url ? ` from ${withoutSecrets(response.url)}` : "";
  const { ok, status } = response;
  if (status === 410) {
    throw new TaskGifError(
      "EXPIRED",
      `expected a screenshot${where}, found HTTP status 410: it is not kept any longer`,
    );
  }
  if (!ok) throw new TaskGifError("FETCH_FAILED", `expected a screenshot${where}, found HTTP status ${status}`);
  try {
    return await withoutHtml(await response.blob(), where);
  } catch (error) {
    if (error instanceof TaskGifError) throw error;
    throw new TaskGifError(
      "FETCH_FAILED",
      `the screenshot${where} broke off: ${describeError(error)}`,
      undefined,
      error,
    );
  }
}

/** Returns `blob`. @throws `TaskGifError` `HTML_PAGE` if it is an HTML page, which some servers send for every address. */
async function withoutHtml(blob: Blob, where: string): Promise<Blob> {
  const head = await blob.slice(0, 100).text();
  if (!/^\uFEFF?\s*<(?:!doctype html|html|head|body)\b/i.test(head)) return blob;
  throw new TaskGifError("HTML_PAGE", `expected a picture${where}, found an HTML page; check the address`);
}

/** Reads a URL with `fetch`. */
export async function fetchBlob(url: string | URL, signal: AbortSignal | undefined): Promise<Blob> {
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
  } catch (error) {
    if (signal?.aborted) throw error;
    const reason = `${describeError(error)}; check the address and that its server allows this origin (CORS)`;
    throw new TaskGifError("FETCH_FAILED", `cannot fetch ${withoutSecrets(String(url))}: ${reason}`, undefined, error);
  }
  return fromResponse(response);
}

/** Formats a URL for an error message: without its query, which may contain a signature, and shortened. */
export function withoutSecrets(url: string): string {
  return url
    .replace(/[?#].*$/s, "")
    .replace(/\/\/[^/@]*@/, "//")
    .slice(0, 200);
}

/**
 * Returns the file of an image element if it can be fetched, since a canvas rounds, converts colors and may add noise; otherwise what
 * the element shows.
 */
export async function fromImage(image: HTMLImageElement, readUrl: UrlReader, signal?: AbortSignal): Promise<Blob> {
  if (!image.complete) await image.decode().catch(() => {}); // a broken image is reported by the drawing below
  const url = image.currentSrc || image.src;
  if (url) {
    const blob = await Promise.resolve(readUrl(url, signal)).catch(() => undefined);
    if (blob && (await isKnownFormat(blob))) return blob;
  }
  return drawableToPng(image);
}

async function isKnownFormat(blob: Blob): Promise<boolean> {
  const head = String.fromCharCode(...new Uint8Array(await blob.slice(0, 12).arrayBuffer()));
  return /^(\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP)/s.test(head);
}
