import { lazyImport } from "../lazy-import.ts";
import { mayBeBlank } from "./parse-screenshot.ts";

/** Placeholders for missing screenshots have at most so many bytes. */
const MOST_BYTES = 256;

/**
 * Whether a picture shows nothing: the placeholder for a missing screenshot, which is 1 x 1 or 4 x 4 pixels of white or
 * of nothing, or an empty page in one color.
 */
export async function isBlank(picture: Blob, step: { url?: string }, signal?: AbortSignal): Promise<boolean> {
  const isTiny = isPlaceholderSize(picture) && (await hasPlaceholderSides(picture));
  if (!isTiny && !mayBeBlank(step)) return false;
  const { isPlaceholder, isPlainPng } = await lazyImport(import("./plain-png.lazy.ts"), signal);
  return (isTiny && (await isPlaceholder(picture))) || (mayBeBlank(step) && (await isPlainPng(picture)));
}

/** Whether a picture has to be looked at to know whether it shows nothing. */
export function needsLook(picture: Blob, step: { url?: string }): boolean {
  return isPlaceholderSize(picture) || mayBeBlank(step);
}

/** Whether a PNG or GIF is 1 x 1 or 4 x 4, by its header. */
async function hasPlaceholderSides(picture: Blob): Promise<boolean> {
  const head = String.fromCharCode(...new Uint8Array(await picture.slice(0, 24).arrayBuffer()));
  return /^(\x89PNG.{12}(\0\0\0[\x01\x04])\2|GIF8.a([\x01\x04]\0)\3)/s.test(head);
}

const isPlaceholderSize = ({ size }: Blob) => size <= MOST_BYTES;
