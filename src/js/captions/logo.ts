import { describeError, TaskGifError } from "../task-gif-error.ts";
import type { Overlay } from "../wasm-types.ts";
import type { Canvases, Drawable } from "./canvas.ts";
import type { Layout } from "./layout.ts";
import type { TextRenderer } from "./text-renderer.ts";
import type { Theme } from "./theme.ts";

/** Steps per channel of the logo's colors: as fine as overlays allow. */
const STEPS = 15;
/** Largest share of the screen's width that the logo takes. */
const WIDTH = 0.2;
/** Height of the logo over a page, in lines of text. */
const LINES = 2;

/**
 * Reads the picture of `options.logo`.
 *
 * @throws `TaskGifError` `UNREADABLE` if the source is not a picture; errors of `read`.
 */
export async function decodeLogo(canvases: Canvases, read: () => Promise<Blob>): Promise<Drawable> {
  const picture = await read();
  try {
    const logo = await canvases.decode(picture);
    if (logo.width > 0 && logo.height > 0) return logo;
    throw new Error("it is empty");
  } catch (error) {
    const found = `${picture.size} bytes that are none: ${describeError(error)}`;
    throw new TaskGifError("UNREADABLE", `options.logo: expected a picture, found ${found}`, undefined, error);
  }
}

/** The logo at the right of the bar, or in the top right corner of the page. */
export function logoOverlay(logo: Drawable, renderer: TextRenderer, layout: Layout, theme: Theme): Overlay {
  const { bar, inner, screen, linePx, gapPx } = layout;
  const roomPx = bar ? inner.height - gapPx : LINES * linePx;
  const scale = Math.min(roomPx / logo.height, (WIDTH * screen.width) / logo.width);
  const width = Math.max(Math.round(logo.width * scale), 1);
  const height = Math.max(Math.round(logo.height * scale), 1);
  const left = inner.left + inner.width - width;
  const top = bar ? inner.top + Math.floor((inner.height - height) / 2) : inner.left;
  const rgba = renderer.picture(logo.source, { width, height }, theme.ground, STEPS);
  return { left, top, width, height, kind: "picture", rgba };
}
