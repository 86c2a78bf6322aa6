import { PLACEHOLDER } from "./parse-screenshot.ts";
import { fromBase64 } from "./to-blob.ts";

/** Whether a picture is the placeholder for a missing screenshot, byte by byte. */
export async function isPlaceholder(blob: Blob): Promise<boolean> {
  if (!mayBePlaceholder(blob)) return false;
  const [bytes, placeholder] = [new Uint8Array(await blob.arrayBuffer()), fromBase64(PLACEHOLDER)];
  return bytes.every((byte, i) => byte === placeholder[i]);
}

/** Whether a picture is just as long as the placeholder. */
export function mayBePlaceholder(blob: Blob): boolean {
  return blob.size === fromBase64(PLACEHOLDER).length;
}
