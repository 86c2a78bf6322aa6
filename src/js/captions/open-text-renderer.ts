import { describeError, TaskGifError } from "../task-gif-error.ts";
import { browserCanvases, type Canvases } from "./canvas.ts";
import { TextRenderer } from "./text-renderer.ts";

/**
 * The fonts of systems' interfaces, then what Linux has, then fonts of emoji by name: not every canvas falls back to
 * those. They also follow the fonts of `options.captions.fontFamily`, for glyphs that those do not have.
 */
const FONTS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"';

/**
 * Gets a renderer of text and the canvases that it draws on: those of `canvases`, or the browser's.
 *
 * @throws `TaskGifError` `CAPTIONS_UNAVAILABLE` where nothing can be drawn.
 */
export async function openTextRenderer(
  canvases: (() => Promise<Canvases>) | undefined,
  fontFamily: string | undefined,
): Promise<{ renderer: TextRenderer; canvases: Canvases }> {
  const families = fontFamily === undefined ? FONTS : `${fontFamily}, ${FONTS}`;
  try {
    const opened = canvases ? await canvases() : browserCanvases;
    return { renderer: new TextRenderer(families, opened), canvases: opened };
  } catch (error) {
    const message = `captions, numbers, the title and the logo cannot be drawn: ${describeError(error)}`;
    throw new TaskGifError("CAPTIONS_UNAVAILABLE", message, undefined, error);
  }
}
