import { enclosingSize, type Size } from "../frame.ts";
import { MOST_PX, type ResolvedOptions } from "../options/option-table.ts";

/**
 * Returns the logical screen: the size in the options, or the largest width and height of all screenshots, plus a bar below. A
 * height in the options is the height of the whole screen, including the bar.
 */
export function screenFor(
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
export function shrunk(
  { width, height, barPx }: Size & { barPx: number },
  shrink: number,
  barFor: (widthPx: number) => number,
): Size & { barPx: number } {
  const side = (pixels: number) => Math.max(Math.round(pixels * shrink), 1);
  const content = side(height - barPx);
  const bar = Math.min(barFor(side(width)), Math.max(content, barPx));
  return { width: side(width), height: content + bar, barPx: bar };
}

/** Returns the largest width and height of the known sizes; `undefined` if none is known. */
export function largestOf(sizes: Iterable<Size | undefined>): Size | undefined {
  let largest: Size | undefined;
  for (const size of sizes) if (size) largest = enclosingSize(largest, size);
  return largest;
}
