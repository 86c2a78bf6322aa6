import { reject } from "../options/argument-checks.ts";
import { bytesOf, dataUrl } from "./data-url.ts";

/** Default width of a still in CSS pixels: the text of a page is readable, and three steps fit on a sheet of paper. */
export const STILL_WIDTH = 280;
/** Minimum and maximum of `stillWidth`, in CSS pixels. */
export const STILL_WIDTHS = [60, 1200] as const;

/** The picture types that every browser supports, by their first bytes. */
const STILLS: readonly [start: RegExp, type: string][] = [
  [/^\x89PNG/, "image/png"],
  [/^RIFF[\s\S]{4}WEBP/, "image/webp"],
  [/^\xff\xd8\xff/, "image/jpeg"],
];

/** Returns the picture of a step as a `data:` URL. @throws `TypeError` for anything but the bytes of a picture. */
export function stillUrl(still: unknown, place: number): string {
  const path = `options.steps[${place}].still`;
  const bytes = bytesOf(still) ?? reject(path, "the bytes of a picture", still);
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  const type = STILLS.find(([start]) => start.test(head))?.[1];
  if (!type) throw new TypeError(`${path}: expected the bytes of a PNG, WebP or JPEG, found other bytes`);
  return dataUrl(type, bytes);
}
