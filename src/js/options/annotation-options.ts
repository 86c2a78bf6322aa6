import type { CaptionOptions, ClickMarkerOptions } from "../types.ts";
import { boolean, callable, integer, oneOf, record, reject } from "./validate.ts";

/** Checks of the options that put something on the picture, and of those that choose steps. */

/** Captions with every default in place; `undefined` where there are none. */
export type Captions = Required<Pick<CaptionOptions, "position" | "theme" | "maxLines" | "required">> &
  Pick<CaptionOptions, "text" | "fontFamily">;

/** Which marks are drawn, and their color as 0xRRGGBB; `undefined` where there are none. */
export type ClickMarkers = { clicks: boolean; paths: boolean; color: number };

/** Lines of a caption when nothing else is said: what subtitles have at most. */
const LINES = 2;
const MOST_LINES = 12;
/** Seen on light and on dark pages, and rare on both. */
const MARKER_COLOR = 0xff3b6b;

/** `true`, `false`, or captions in detail. */
export function captions(value: unknown, path: string): Captions | undefined {
  if (typeof value === "boolean" && !value) return undefined;
  const names = ["position", "theme", "text", "fontFamily", "maxLines", "required"];
  const given = typeof value === "boolean" ? {} : record(value, path, names);
  const { position, theme, text, fontFamily, maxLines, required } = given;
  return {
    position: position === undefined ? "below" : oneOf(position, `${path}.position`, ["below", "over"]),
    theme: theme === undefined ? "auto" : oneOf(theme, `${path}.theme`, ["light", "dark", "auto"]),
    maxLines: maxLines === undefined ? LINES : integer(maxLines, `${path}.maxLines`, 1, MOST_LINES),
    required: required === undefined ? false : boolean(required, `${path}.required`),
    ...(text !== undefined && { text: callable(text as NonNullable<CaptionOptions["text"]>, `${path}.text`) }),
    ...(fontFamily !== undefined && { fontFamily: someText(fontFamily, `${path}.fontFamily`) }),
  };
}

/** `true`, `false`, or the marks in detail. */
export function clickMarkers(value: unknown, path: string): ClickMarkers | undefined {
  if (typeof value === "boolean" && !value) return undefined;
  const given = typeof value === "boolean" ? {} : record(value, path, ["clicks", "paths", "color"]);
  const { clicks = true, paths = true, color: wished } = given as ClickMarkerOptions;
  const markers = {
    clicks: boolean(clicks, `${path}.clicks`),
    paths: boolean(paths, `${path}.paths`),
    color: wished === undefined ? MARKER_COLOR : color(wished, `${path}.color`),
  };
  return markers.clicks || markers.paths ? markers : undefined;
}

/** A text with something in it. */
export function someText(value: unknown, path: string): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  return reject(path, "a text that is not empty", value);
}

/** Numbers of steps. */
export function stepNumbers(value: unknown, path: string): ReadonlySet<number> {
  if (!Array.isArray(value) || value.length === 0) return reject(path, "an array of step numbers, as in [3, 4]", value);
  return new Set(value.map((number, i) => integer(number, `${path}[${i}]`, 0, Number.MAX_SAFE_INTEGER)));
}

/** A color as 0xRRGGBB. */
export function color(value: unknown, path: string): number {
  if (typeof value === "number") return integer(value, path, 0, 0xffffff);
  const hex = typeof value === "string" ? /^#([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(value)?.[1] : undefined;
  if (hex === undefined) return reject(path, 'a color like "#fff" or "#ffffff"', value);
  return Number.parseInt(hex.length === 3 ? hex.replace(/./g, "$&$&") : hex, 16);
}
