/**
 * Reading GIFs in Node.
 *
 * @packageDocumentation
 */

import { usePlatform } from "../js/platform/platform.ts";
import { node } from "../node/platform.ts";

usePlatform(node);

export { GifPlayer } from "../js/inspect/gif-player.ts";
export { inspectGif } from "../js/inspect/inspect-gif.ts";
export type * from "../js/inspect/types.ts";
export { TaskGifError } from "../js/task-gif-error.ts";
