import { integer, oneOf, record } from "../options/argument-checks.ts";
import type { StillOptions } from "../public-types.ts";
import { TaskGifError } from "../task-gif-error.ts";
import type { GifPicture } from "./gif-info.ts";
import { shrinkPicture } from "./shrink-picture.ts";

const TYPES = ["image/png", "image/webp"] as const;
/** Maximum width in pixels. */
export const MOST_STILL_PX = 16_384;

/** Checks the options of a still. @throws `TypeError` that names the option. */
export function checkStill(value: StillOptions): StillOptions {
  const { type, width } = record(value, "options", ["type", "width"]);
  return {
    ...(type !== undefined && { type: oneOf(type, "options.type", TYPES) }),
    ...(width !== undefined && { width: integer(width, "options.width", 1, MOST_STILL_PX) }),
  };
}

/**
 * Encodes a frame as a picture.
 *
 * @throws `TaskGifError` `UNSUPPORTED` if the browser cannot write WebP.
 */
export async function encodeStill(picture: GifPicture, { type, width = picture.width }: StillOptions): Promise<Blob> {
  const shown = width < picture.width ? shrinkPicture(picture, width) : picture;
  if (type === "image/webp") return encodeWebp(shown);
  const { rgbaToPng } = await import("../sources/encode-png.lazy.ts");
  return rgbaToPng(shown.width, shown.height, shown.data);
}

async function encodeWebp({ width, height, data }: GifPicture): Promise<Blob> {
  if (typeof OffscreenCanvas !== "undefined") {
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d")!.putImageData(new ImageData(data, width, height), 0, 0);
    const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.9 });
    // Browsers that cannot write WebP return a PNG instead.
    if (blob.type === "image/webp") return blob;
  }
  throw new TaskGifError("UNSUPPORTED", 'expected a browser that writes WebP, found none here; ask for "image/png"');
}
