import type { Canvases, Context } from "../js/captions/canvas.ts";
import { describeError } from "../js/task-gif-error.ts";

/**
 * Loads the canvases of `@napi-rs/canvas`, since Node has none. The application installs that package if it wants captions.
 *
 * @throws `Error` if the package is not installed.
 */
export async function nodeCanvases(): Promise<Canvases> {
  const { createCanvas, loadImage } = await import("@napi-rs/canvas").catch((error: unknown) => {
    throw new Error(`Node needs @napi-rs/canvas for it (npm install @napi-rs/canvas): ${describeError(error)}`);
  });
  return {
    create: (width, height) => createCanvas(width, height).getContext("2d") as unknown as Context,

    async decode(picture) {
      const image = await loadImage(new Uint8Array(await picture.arrayBuffer()));
      return { source: image as unknown as CanvasImageSource, width: image.width, height: image.height };
    },
  };
}
