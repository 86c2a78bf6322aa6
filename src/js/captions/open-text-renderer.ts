import { describeError, TaskGifError } from "../task-gif-error.ts";
import { browserCanvases, type Canvases } from "./canvas.ts";
import { familiesWith } from "./font.ts";
import { TextRenderer } from "./text-renderer.ts";

/**
 * Gets a renderer of text and the canvases that it draws on: those of `canvases`, or the browser's.
 *
 * @throws `TaskGifError` `CAPTIONS_UNAVAILABLE` where nothing can be drawn.
 */
export async function openTextRenderer(
  canvases: (() => Promise<Canvases>) | undefined,
  fontFamily: string | undefined,
): Promise<{ renderer: TextRenderer; canvases: Canvases }> {
  try {
    const opened = canvases ? await canvases() : browserCanvases;
    return { renderer: new TextRenderer(familiesWith(fontFamily), opened), canvases: opened };
  } catch (error) {
    const message = `captions, numbers, the title and the logo cannot be drawn: ${describeError(error)}`;
    throw new TaskGifError("CAPTIONS_UNAVAILABLE", message, undefined, error);
  }
}
