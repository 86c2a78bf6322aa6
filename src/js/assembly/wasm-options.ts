import { CARD, enclosingSize, type Frame, type Size } from "../frame.ts";
import {
  MOST_PX,
  OPTIONS,
  type OptionName,
  type ResolvedOptions,
  type WasmOptionName,
} from "../options/option-table.ts";
import type { GifStats } from "../public-types.ts";
import type { WasmOptions } from "../workers/wasm-interface.ts";
import { heldBytes } from "./sessions/memory-budget.ts";

/** Derives the wasm options from the resolved options and the largest screenshot: the size of the screen and its parts. */

/** Height of the progress bar as a share of the screen's width, and its colors, which are visible on light and dark pages. */
const BAR = { share: 0.004, leastPx: 3, color: 0x4aa3ff, track: 0x343a44 };

/**
 * Returns wasm options for screenshots of which the largest has the size `largest`, for `sessions` worker sessions. `barFor`
 * returns the height of the caption bar for a screen width. `shrink` is a factor for the size of all screenshots.
 */
export function wasmOptionsFor(
  options: ResolvedOptions,
  largest: Size,
  sessions: number,
  barFor: (widthPx: number) => number = () => 0,
  shrink = 1,
): WasmOptions {
  // A progress bar too is placed below the page, unless captions are drawn over the page.
  const isBelow = options.progressBar && options.captions?.position !== "over";
  const roomFor = (widthPx: number) => barFor(widthPx) + (isBelow ? stripPx(widthPx) : 0);
  const full = screenFor(options, largest, roomFor);
  const unscaled = { width: full.width, height: full.height - full.barPx };
  const decodedPixels = options.camera === "follow" ? largest.width * largest.height : 0;
  const { width, height, barPx } = shrink === 1 ? full : shrunk(full, shrink, roomFor);
  return {
    ...marked(options),
    width,
    height,
    content: { left: 0, top: 0, width, height: height - barPx },
    ...(options.clickMarkers && { markColor: options.clickMarkers.color }),
    ...(options.progressBar && { progress: progressBar({ width, height }) }),
    ...(shrink !== 1 && { unscaled }),
    retain: options.maxBytes !== undefined,
    budgetBytes: Math.floor(heldBytes(width * height, sessions, decodedPixels) / sessions),
  };
}

/** Returns the options that wasm receives unchanged. */
function marked(options: ResolvedOptions): Pick<ResolvedOptions, WasmOptionName> {
  const rows = Object.entries(OPTIONS).filter(([, [, , to]]) => to === "wasm");
  return Object.fromEntries(rows.map(([name]) => [name, options[name as OptionName]])) as ResolvedOptions;
}

/** Height of the progress bar. */
const stripPx = (widthPx: number) => Math.max(Math.round(BAR.share * widthPx), BAR.leastPx);

/** Returns the progress bar: a strip at the bottom of the screen. */
function progressBar({ width, height }: Size): WasmOptions["progress"] {
  const strip = Math.min(stripPx(width), height - 1);
  if (strip === 0) return undefined;
  return { left: 0, top: height - strip, width, height: strip, color: BAR.color, track: BAR.track };
}

/**
 * Returns the logical screen: as the options say, or the largest width and height of all screenshots, and a bar below them. A
 * height in the options is that of the whole screen, bar included.
 */
function screenFor(
  { width, height, scale }: ResolvedOptions,
  largest: Size,
  barFor: (widthPx: number) => number,
): Size & { barPx: number } {
  const side = (pixels: number) => Math.min(Math.max(Math.round(pixels), 1), MOST_PX);
  // If the screen is too low for the bar, the bar takes half of it.
  const within = (w: number, h: number) => ({ width: w, height: h, barPx: Math.min(barFor(w), Math.floor(h / 2)) });
  const above = (w: number, h: number) => within(w, side(h + barFor(w)));
  if (width !== undefined && height !== undefined) return within(width, height);
  if (width !== undefined) return above(width, side(largest.height * (width / largest.width)));
  if (height === undefined) return above(side(largest.width * scale), side(largest.height * scale));
  // The height of the bar depends on the width, and the width on the remaining height.
  const widthFor = (barPx: number) => side(largest.width * (Math.max(height - barPx, 1) / largest.height));
  let fitting = widthFor(0);
  for (let i = 0; i < 4; i++) fitting = widthFor(barFor(fitting));
  return within(fitting, height);
}

/** Returns a smaller screen, with the height of the bar for its width. */
function shrunk(
  { width, height, barPx }: Size & { barPx: number },
  shrink: number,
  barFor: (widthPx: number) => number,
): Size & { barPx: number } {
  const side = (pixels: number) => Math.max(Math.round(pixels * shrink), 1);
  const content = side(height - barPx);
  const bar = Math.min(barFor(side(width)), Math.max(content, barPx));
  return { width: side(width), height: content + bar, barPx: bar };
}

/** Returns a warning if the options ask for a larger screen than the largest screenshot: screenshots are never enlarged. */
export function enlargementWarnings(
  { width, scale }: ResolvedOptions,
  room: Size,
  frames: readonly Frame[],
): GifStats["warnings"] {
  const largest = largestOf(frames.map(({ size, sourceIndex }) => (sourceIndex === CARD ? undefined : size)));
  if (!largest || room.width <= largest.width || room.height <= largest.height) return [];
  const option = scale === 1 ? (width === undefined ? "height" : "width") : "scale";
  const [found, filled] = [room, largest].map((size) => `${size.width} x ${size.height}`);
  const message = `options.${option} asks for ${found}, but the largest screenshot has ${filled} and none is enlarged: the rest has the color of options.background`;
  return [{ code: "NOT_ENLARGED", message }];
}

/** Returns the largest width and height of the known sizes; `undefined` if none is known. */
export function largestOf(sizes: Iterable<Size | undefined>): Size | undefined {
  let largest: Size | undefined;
  for (const size of sizes) if (size) largest = enclosingSize(largest, size);
  return largest;
}
