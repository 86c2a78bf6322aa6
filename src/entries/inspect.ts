/**
 * Reading GIFs: what is in one, and its composed frames. Works in browsers, workers and Node.
 *
 * @packageDocumentation
 */

import { browser } from "../js/platform/browser.ts";
import { usePlatform } from "../js/platform/platform.ts";

usePlatform(browser);

export { GifPlayer } from "../js/inspect/gif-player.ts";
export { inspectGif } from "../js/inspect/inspect-gif.ts";
export type * from "../js/inspect/types.ts";
export { TaskGifError } from "../js/task-gif-error.ts";
