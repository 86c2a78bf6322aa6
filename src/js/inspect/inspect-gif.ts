import type { GifInfo, GifSource } from "./gif-info.ts";
import { inspect, instantiateReader, readBytes, toInfo, withTypedErrors } from "./wasm-reader.ts";

/**
 * Reads a GIF of any origin: frames, delays, disposals, color tables, embedded steps, and properties that decoders
 * are known to treat differently. No pixels are kept.
 *
 * @throws `TaskGifError` with code `BAD_GIF` when the bytes hold no whole frame, `LIMIT_EXCEEDED` for a huge screen,
 * `FETCH_FAILED` for an address that cannot be read.
 */
export async function inspectGif(gif: GifSource): Promise<GifInfo> {
  const bytes = await readBytes(gif);
  await instantiateReader();
  return toInfo(withTypedErrors(() => inspect(bytes)));
}
