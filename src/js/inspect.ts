/**
 * Reading GIFs: what is in one, and its composed frames. Works in browsers, workers and Node.
 *
 * @packageDocumentation
 */
import { anywhere } from "./anywhere.ts";
import { usePlatform } from "./runtime.ts";

usePlatform(anywhere);

export { TaskGifError } from "./errors.ts";
export { GifPlayer } from "./reading/gif-player.ts";
export { inspectGif } from "./reading/inspect-gif.ts";
export type * from "./reading/types.ts";
