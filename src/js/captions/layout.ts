import type { Size } from "../frame.ts";
import type { Rect } from "../public-types.ts";
import { textSizes } from "./text-sizes.ts";

/** The annotations that need space. */
export type LayoutOptions = {
  /** Whether there are captions, and where. */
  captions: boolean;
  position: "below" | "over";
  /** Maximum number of lines of a caption. */
  maxLines: number;
  /** Whether each step shows its number. */
  badge: boolean;
  /** Whether there is a logo. */
  logo: boolean;
};

/** The areas of a screen, in pixels. */
export type Layout = {
  screen: Size;
  /** Area of screenshots. */
  content: Rect;
  /** The bar below them, if there is one. */
  bar: Rect | undefined;
  /** Content area of the bar, without progress bar and margins; over a page, the strip for boxes. */
  inner: Rect;
  /** Font size, minimum font size, and distance of baselines. */
  sizePx: number;
  leastPx: number;
  linePx: number;
  /** Padding of boxes, and gap between neighbors. */
  gapPx: number;
};

/** Relative to the font size. */
const SHARES = { padding: 0.38, margin: 0.75, gap: 0.6 };

/** Returns the height of the bar below screenshots of this width. It depends on the width alone, since later steps are not known. */
export function barHeight(widthPx: number, options: LayoutOptions): number {
  const { sizePx, linePx } = textSizes(widthPx);
  const { captions, badge, logo, position, maxLines } = options;
  if (position === "over") return 0;
  const lines = captions ? maxLines : Number(badge || logo);
  return lines === 0 ? 0 : lines * linePx + 2 * Math.round(SHARES.padding * sizePx);
}

/**
 * Lays out a screen whose screenshots fill `content`, with a progress bar of `progressPx` along its bottom. The rest below
 * `content` is the bar for captions.
 */
export function layOut(screen: Size, content: Rect, progressPx: number): Layout {
  const { width, height } = screen;
  const barPx = height - content.height;
  const sizes = textSizes(width);
  const marginPx = Math.round(SHARES.margin * sizes.sizePx);
  const bar = barPx > 0 ? { left: 0, top: content.height, width, height: barPx } : undefined;
  // Over a page, boxes have a margin on all sides.
  const [top, bottom] = bar ? [bar.top, height - progressPx] : [0, height - progressPx - marginPx];
  return {
    screen,
    content,
    bar,
    inner: { left: marginPx, top, width: Math.max(width - 2 * marginPx, 1), height: Math.max(bottom - top, 0) },
    ...sizes,
    gapPx: Math.round(SHARES.gap * sizes.sizePx),
  };
}
