import { lazyImport } from "../lazy-import.ts";
import { mayBeBlank, PLACEHOLDER } from "./parse-screenshot.ts";
import { fromBase64 } from "./to-blob.ts";

/** Whether a picture shows nothing: the placeholder for a missing screenshot, or an empty page in one color. */
export async function isBlank(picture: Blob, step: { url?: string }, signal?: AbortSignal): Promise<boolean> {
  if (isPlaceholderSize(picture) && (await isPlaceholder(picture))) return true;
  if (!mayBeBlank(step)) return false;
  const { isPlainPng } = await lazyImport(import("./plain-png.lazy.ts"), signal);
  return isPlainPng(picture);
}

/** Whether a picture has to be looked at to know whether it shows nothing. */
export function needsLook(picture: Blob, step: { url?: string }): boolean {
  return isPlaceholderSize(picture) || mayBeBlank(step);
}

async function isPlaceholder(picture: Blob): Promise<boolean> {
  const [bytes, placeholder] = [new Uint8Array(await picture.arrayBuffer()), fromBase64(PLACEHOLDER)];
  return bytes.every((byte, i) => byte === placeholder[i]);
}

const isPlaceholderSize = ({ size }: Blob) => size === fromBase64(PLACEHOLDER).length;
