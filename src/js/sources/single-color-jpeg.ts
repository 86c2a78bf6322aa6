/** Bytes after the start of a scan that may differ: the first block tells the color, those after it that nothing changes. */
const LEAD_BYTES = 24;
/** Bytes after which the same bits come again at the latest, where each block is coded alike. */
const LONGEST_PERIOD = 64;
/** Scans that are shorter show nothing but one color, or are cut off. */
const MOST_BYTES = 65_536;

/**
 * Whether a baseline JPEG, as base64, shows a single color, such as that of an empty tab. Nothing is decoded: all blocks
 * but the first are coded alike, so that the bits of the scan repeat.
 */
export function isSingleColorJpeg(base64: string): boolean {
  if (base64.length > MOST_BYTES * 4) return false; // a plain picture is far smaller
  let text: string;
  try {
    text = atob(base64);
  } catch {
    return false;
  }
  const start = scanStart(text);
  const end = text.lastIndexOf("\xff\xd9");
  const scan = start < 0 || end < start ? "" : text.slice(start, end);
  if (scan.length < 2 * LEAD_BYTES) return start >= 0 && scan.length > 0;
  for (let period = 1; period <= LONGEST_PERIOD && period * 2 < scan.length; period++) {
    // The last bytes are padded.
    const body = scan.slice(LEAD_BYTES, -period - 8);
    if (body.length > period && body === scan.slice(LEAD_BYTES + period, LEAD_BYTES + period + body.length))
      return true;
  }
  return false;
}

/** Where the bits of the first scan begin; -1 where there is none. */
function scanStart(text: string): number {
  for (let at = 2; at + 4 <= text.length; ) {
    if (text.charCodeAt(at) !== 0xff) return -1;
    const length = text.charCodeAt(at + 2) * 256 + text.charCodeAt(at + 3);
    at += 2 + length;
    if (text.charCodeAt(at - 2 - length + 1) === 0xda) return at;
  }
  return -1;
}
