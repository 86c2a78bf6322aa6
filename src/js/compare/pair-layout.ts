import { barHeight } from "../captions/layout.ts";
import type { Size } from "../frame.ts";
import type { Rect } from "../public-types.ts";

/** Where everything goes on a picture of two screenshots side by side. */
export type PairLayout = Size & {
  /** Where the screenshots go. */
  cells: [Rect, Rect];
  /** Where the labels stand, above them. */
  labels: [Rect, Rect];
};

/** Width of both together, unless the options say another. */
const DEFAULT_WIDTH = 1280;
/** The gap between the screenshots: one of so many parts of the width, and at least so many pixels. */
const GAP = { parts: 160, leastPx: 4 };
/** What a label is laid out as. */
const LABEL = { captions: true, position: "below", maxLines: 1, badge: false, logo: false } as const;

/** Lays out screenshots of which the largest width and height are `largest`. None is enlarged. */
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
