/**
 * The fonts of systems' interfaces, then what Linux has, then fonts of emoji by name: not every canvas falls back to
 * those. They also follow the fonts of `options.captions.fontFamily`, for glyphs that those do not have.
 */
const FONTS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"';

/** Font weight: readable when the GIF is scaled down. */
export const WEIGHT = 500;

/**
 * Width at which a GIF is often shown, in a page or a chat; preferred and minimum font size at that width: body text of small
 * interfaces, and the smallest text that is common there.
 */
const SHOWN = { widthPx: 600, textPx: 13, leastPx: 11 };
/** Distance of baselines, relative to the font size. */
const LINE = 1.3;

/** The font families of captions: those of the options, then those that a system has. */
export const familiesWith = (fontFamily: string | undefined): string =>
  fontFamily === undefined ? FONTS : `${fontFamily}, ${FONTS}`;

/** Font size, smallest font size and distance of baselines on a screen of this width, in pixels. */
export function textSizes(widthPx: number): { sizePx: number; leastPx: number; linePx: number } {
  const scale = Math.max(widthPx / SHOWN.widthPx, 1);
  const sizePx = Math.round(SHOWN.textPx * scale);
  return { sizePx, leastPx: Math.ceil(SHOWN.leastPx * scale), linePx: Math.round(LINE * sizePx) };
}
