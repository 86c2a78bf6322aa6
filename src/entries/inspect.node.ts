/**
 * Reading GIFs in Node.
 *
 * @packageDocumentation
 */

import { usePlatform } from "../js/platform/platform.ts";
import { node } from "../node/platform.ts";

usePlatform(node);

export type * from "../js/inspect/gif-info.ts";
export { GifPlayer } from "../js/inspect/gif-player.ts";
export { inspectGif } from "../js/inspect/inspect-gif.ts";
export { TaskGifError } from "../js/task-gif-error.ts";
