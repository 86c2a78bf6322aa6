import type { CaptionOptions, ClickMarkerOptions } from "../public-types.ts";
import {
  boolean,
  callable,
  integer,
  type OptionRow,
  type Reader,
  type Resolved,
  range,
  readRecord,
  someText,
  word,
} from "./argument-checks.ts";
import { color } from "./parse-color.ts";

/** Checks of the options for annotations: captions and click markers. */

/** The parts of `captions`. Two lines is the maximum of subtitles. */
export const CAPTION_OPTIONS = {
  position: ["below", word("below", "over")],
  theme: ["auto", word("light", "dark", "auto")],
  text: [undefined, callable as Reader<NonNullable<CaptionOptions["text"]>>],
  fontFamily: [undefined, someText],
  maxLines: [2, range(integer, 1, 12)],
  required: [false, boolean],
} as const satisfies Record<keyof CaptionOptions, OptionRow>;

/** The parts of `clickMarkers`. The default color is visible on light and dark pages, and rare on both. */
export const CLICK_MARKER_OPTIONS = {
  clicks: [true, boolean],
  paths: [true, boolean],
  color: [0xff3b6b, color],
} as const satisfies Record<keyof ClickMarkerOptions, OptionRow>;

/** Caption options with every default in place. */
export type Captions = Resolved<typeof CAPTION_OPTIONS>;

/** Click marker options with every default in place; the color is 0xRRGGBB. */
export type ClickMarkers = Resolved<typeof CLICK_MARKER_OPTIONS>;

/** Reads `captions`: a boolean or an object. Returns `undefined` if they are off. */
export function captions(value: unknown, path: string): Captions | undefined {
  return value === false ? undefined : readRecord(CAPTION_OPTIONS, value === true ? {} : value, path);
}

/** Reads `clickMarkers`: a boolean or an object. Returns `undefined` if nothing is marked. */
export function clickMarkers(value: unknown, path: string): ClickMarkers | undefined {
  const markers = value !== false && readRecord(CLICK_MARKER_OPTIONS, value === true ? {} : value, path);
  return markers && (markers.clicks || markers.paths) ? markers : undefined;
}
