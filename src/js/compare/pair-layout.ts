import { barHeight } from "../captions/layout.ts";
import type { Size } from "../frame.ts";
import type { Rect } from "../public-types.ts";

/** Layout of a picture with two screenshots side by side. */
export type PairLayout = Size & {
  /** Areas of the screenshots. */
  cells: [Rect, Rect];
  /** Areas of the labels, above the screenshots. */
  labels: [Rect, Rect];
};

/** Default width of both screenshots together in pixels. */
const DEFAULT_WIDTH = 1280;
/** The gap between the screenshots: divisor of the width, and minimum in pixels. */
const GAP = { parts: 160, leastPx: 4 };
/** The caption bar options that a label is laid out with. */
const LABEL = { captions: true, position: "below", maxLines: 1, badge: false, logo: false } as const;

/** Returns the layout for screenshots with the largest width and height `largest`. Screenshots are never enlarged. */
export function layOutPair(largest: Size, widthPx: number | undefined): PairLayout {
  const wanted = widthPx ?? DEFAULT_WIDTH;
  const gap = Math.max(Math.round(wanted / GAP.parts), GAP.leastPx);
  const cellWidth = Math.max(Math.min(Math.floor((wanted - gap) / 2), largest.width), 1);
  const cellHeight = Math.max(Math.round((largest.height * cellWidth) / largest.width), 1);
  const strip = barHeight(2 * cellWidth + gap, LABEL);
  const side = (left: number, top: number, height: number): Rect => ({ left, top, width: cellWidth, height });
  const right = cellWidth + gap;
  return {
    width: 2 * cellWidth + gap,
    height: strip + cellHeight,
    cells: [side(0, strip, cellHeight), side(right, strip, cellHeight)],
    labels: [side(0, 0, strip), side(right, 0, strip)],
  };
}
