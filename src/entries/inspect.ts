/**
 * Reading GIFs: what is in one, and its composed frames. Works in browsers, workers and Node.
 *
 * @packageDocumentation
 */

import { browser } from "../js/platform/browser.ts";
import { usePlatform } from "../js/platform/platform.ts";

usePlatform(browser);

export type * from "../js/inspect/gif-info.ts";
export { GifPlayer } from "../js/inspect/gif-player.ts";
export { inspectGif } from "../js/inspect/inspect-gif.ts";
export { TaskGifError } from "../js/task-gif-error.ts";
