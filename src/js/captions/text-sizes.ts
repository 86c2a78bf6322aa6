/** Width in pixels at which a GIF is often shown, in a page or a chat. */
const SHOWN_PX = 600;
/** Font size in pixels at that width: that of body text in dense interfaces. */
const TEXT_PX = 13;
/** Smallest font size in pixels at that width, for captions that do not fit: the smallest text that is common in interfaces. */
const LEAST_TEXT_PX = 11;
/** Distance of baselines, relative to the font size. */
const LINE_HEIGHT = 1.3;

/**
 * Returns the font size of captions, the smallest one that a long caption may be reduced to, and the distance of baselines, in
 * pixels of a screen of this width. Text grows with the screen, since a wide GIF is usually shown scaled down.
 */
export function textSizes(widthPx: number): { sizePx: number; leastPx: number; linePx: number } {
  const scale = Math.max(widthPx / SHOWN_PX, 1);
  const sizePx = Math.round(TEXT_PX * scale);
  return { sizePx, leastPx: Math.ceil(LEAST_TEXT_PX * scale), linePx: Math.round(LINE_HEIGHT * sizePx) };
}
