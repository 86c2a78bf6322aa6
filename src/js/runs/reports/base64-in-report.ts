import { blobOfBase64 } from "../pictures/blob-of-base64.ts";

/**
 * Base64 pictures inside HTML and XML reports. A report of 100 MB is mostly base64, so parsers never see it: byte
 * offsets take its place in the text, and a picture is read from the file on demand.
 */

/** The text before base64 in a `data:` URL. */
const MARK = [...";base64,"].map((letter) => letter.charCodeAt(0));
/** Shorter runs of base64 stay in the text. */
const LEAST_BYTES = 1024;
/** Table of the bytes of base64, in both alphabets. */
const IS_BASE64 = new Uint8Array(256);
for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_") {
  IS_BASE64[letter.charCodeAt(0)] = 1;
}

/**
 * Yields the UTF-8 text of a file in pieces, with `@start:end` in place of each long run of base64: byte offsets in the
 * file, for `embeddedPicture`.
 */
export async function* textWithoutPictures(file: Blob): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  /** Number of bytes of `MARK` just read; when complete, a run of base64 follows. */
  let matched = 0;
  let runStart = 0;
  let held: number[] = [];
  let offset = 0;
  const reader = (file.stream() as ReadableStream<Uint8Array>).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield* piecesOf(value);
      offset += value.length;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (matched === MARK.length) yield runEnd(offset);
  yield decoder.decode();

  function* piecesOf(bytes: Uint8Array): Generator<string> {
    let from = 0;
    let at = 0;
    while (at < bytes.length) {
      if (matched === MARK.length) {
        while (at < bytes.length && IS_BASE64[bytes[at]!]) {
          if (held.length < LEAST_BYTES) held.push(bytes[at]!);
          at++;
        }
        if (at === bytes.length) return;
        yield runEnd(offset + at);
        from = at;
        continue;
      }
      if (matched === 0) {
        const next = bytes.indexOf(MARK[0]!, at);
        if (next < 0) break;
        at = next;
      }
      matched = bytes[at] === MARK[matched] ? matched + 1 : bytes[at] === MARK[0] ? 1 : 0;
      at++;
      if (matched === MARK.length) {
        yield decoder.decode(bytes.subarray(from, at), { stream: true });
        runStart = offset + at;
      }
    }
    yield decoder.decode(bytes.subarray(from), { stream: true });
  }

  /** Returns the replacement for the run of base64 that ends before `end`. */
  function runEnd(end: number): string {
    const isLong = end - runStart >= LEAST_BYTES;
    const bytes = isLong ? encoder.encode(`@${runStart}:${end}`) : Uint8Array.from(held);
    matched = 0;
    held = [];
    return decoder.decode(bytes, { stream: true });
  }
}

/**
 * Returns the picture of a `data:` URL in the text of `textWithoutPictures`, read on demand; a short URL is returned as
 * it is. `undefined` for offsets outside the file, and for pictures of more than `mostBytes`.
 */
export function embeddedPicture(
  url: string,
  file: Blob,
  mostBytes: number,
): string | (() => Promise<Blob>) | undefined {
  const place = /^data:([^,;]*)[^,]*;base64,@(\d+):(\d+)/i.exec(url);
  if (!place) return url;
  const [type, start, end] = [place[1]!, Number(place[2]), Number(place[3])];
  if (!(start < end && end <= file.size) || (end - start) * 0.75 > mostBytes) return undefined;
  return async () => {
    return blobOfBase64(await file.slice(start, end).text(), type);
  };
}
