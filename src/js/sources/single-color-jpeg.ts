/** Number of bytes at the start of a scan that may differ: the first block contains the color, later ones no change. */
const LEAD_BYTES = 24;
/** Maximum period in bytes of a scan whose blocks are all equal. */
const LONGEST_PERIOD = 64;
/** Maximum length of the base64: a picture of one color is far smaller. */
const MOST_LETTERS = 262_144;

/**
 * Whether a baseline JPEG, as base64, has a single color, such as that of an empty tab. Nothing is decoded: all blocks except the first
 * have the same code, so that the bits of the scan repeat.
 */
export function isSingleColorJpeg(base64: string): boolean {
  if (base64.length > MOST_LETTERS) return false;
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
    // The last bytes contain padding.
    const body = scan.slice(LEAD_BYTES, -period - 8);
    if (body.length > period && body === scan.slice(LEAD_BYTES + period, LEAD_BYTES + period + body.length))
      return true;
  }
  return false;
}

/** Returns the start of the data of the first scan; -1 if there is none. */
function scanStart(text: string): number {
  for (let at = 2; at + 4 <= text.length; ) {
    if (text.charCodeAt(at) !== 0xff) return -1;
    const length = text.charCodeAt(at + 2) * 256 + text.charCodeAt(at + 3);
    at += 2 + length;
    if (text.charCodeAt(at - 2 - length + 1) === 0xda) return at;
  }
  return -1;
}
