import type { RunsLimits } from "../read-options.ts";
import { unreadable, withinLimit } from "./limits.ts";

const NEWLINE = 0x0a;
/** Number of bytes at the start of a line that `wants` gets, and that a line has if only its head is wanted. */
const LINE_HEAD = 512;

/** Decides by the start of a line whether the whole line, its head, or nothing is read. */
export type LineFilter = (head: string) => boolean | "head";

/**
 * Yields the lines of a UTF-8 stream. Only wanted lines are decoded, and one line at a time is in memory: the snapshots in a trace
 * can be a thousand times as large as its actions.
 *
 * @throws `TaskGifError` `LIMIT_EXCEEDED` for a line of more than `limits.textBytes`; `UNREADABLE`, after the lines before, if the
 * stream fails.
 */
export async function* readLines(
  stream: ReadableStream<Uint8Array>,
  limits: Required<RunsLimits>,
  path: string,
  wants?: LineFilter,
): AsyncGenerator<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let parts: Uint8Array[] = [];
  let length = 0;
  const line = () => {
    const bytes = parts.length === 1 ? parts[0]! : concatenate(parts, length);
    parts = [];
    length = 0;
    if (wants) {
      const head = decoder.decode(bytes.subarray(0, LINE_HEAD));
      const wanted = wants(head);
      if (wanted !== true) return wanted === "head" ? head : "";
    }
    return decoder.decode(bytes).trimEnd();
  };
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => unreadable(path, error));
      if (done) break;
      if (value.length === 0) continue;
      for (let start = 0; start < value.length; ) {
        const end = value.indexOf(NEWLINE, start);
        const part = value.subarray(start, end < 0 ? value.length : end);
        start += part.length + 1;
        parts.push(part);
        length += part.length;
        withinLimit(length, "textBytes", limits, `bytes in a line of ${path}`);
        if (end < 0) break;
        const text = line();
        if (text !== "") yield text;
      }
    }
    if (length > 0) {
      const text = line();
      if (text !== "") yield text;
    }
  } finally {
    await reader.cancel().catch(() => {}); // the rest is not needed, or the stream has failed already
  }
}

function concatenate(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
