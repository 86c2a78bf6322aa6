/** Bytes that are encoded at a time: a multiple of three, and no more than one call may have arguments. */
const PIECE = 3 * 8192;

/** Bytes as base64. */
export function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) text += btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  return text;
}
