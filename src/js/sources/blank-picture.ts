import { lazyImport } from "../lazy-import.ts";
import { mayBeBlank } from "./new-tab-page.ts";

/** Maximum number of bytes of a placeholder for a missing screenshot. */
const MOST_PLACEHOLDER_BYTES = 256;
/** The first four bytes of these formats. */
const [PNG, GIF] = [0x89504e47, 0x47494638];

/**
 * Whether a picture is blank: the placeholder for a missing screenshot (1 x 1 or 4 x 4 pixels, white or transparent), or an empty
 * page of one color.
 */
export async function isBlank(picture: Blob, step: { url?: string }, signal?: AbortSignal): Promise<boolean> {
  const isTiny = isPlaceholderSize(picture) && (await hasPlaceholderSides(picture));
  if (!isTiny && !mayBeBlank(step)) return false;
  const { isPlaceholder, isSingleColorPng } = await lazyImport(import("./single-color-png.lazy.ts"), signal);
  return (isTiny && (await isPlaceholder(picture))) || (mayBeBlank(step) && (await isSingleColorPng(picture)));
}

/** Whether the pixels of a picture must be checked to know whether it is blank. */
export function needsPixelCheck(picture: Blob, step: { url?: string }): boolean {
  return isPlaceholderSize(picture) || mayBeBlank(step);
}

/** Whether a PNG or GIF is 1 x 1 or 4 x 4, by its header. */
async function hasPlaceholderSides(picture: Blob): Promise<boolean> {
  const head = new DataView(await picture.slice(0, 24).arrayBuffer());
  if (head.byteLength < 24) return false;
  let sides: number[] = [];
  if (head.getUint32(0) === PNG) sides = [head.getUint32(16), head.getUint32(20)];
  if (head.getUint32(0) === GIF) sides = [head.getUint16(6, true), head.getUint16(8, true)];
  return sides[0] === sides[1] && (sides[0] === 1 || sides[0] === 4);
}

const isPlaceholderSize = ({ size }: Blob) => size <= MOST_PLACEHOLDER_BYTES;
