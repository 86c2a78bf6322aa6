/**
 * The task client alone, for pages that assemble nothing unless the server has no GIF. Works in Node as well, where
 * the main entry is the faster one: it has worker threads.
 *
 * @packageDocumentation
 */

import { usePlatform } from "../../js/platform/platform.ts";
import { anywhere } from "../../js/platform/universal.ts";

usePlatform(anywhere);

export * from "../../js/client-exports.ts";
export { TaskGifError } from "../../js/errors.ts";
export { TaskGif } from "../../js/task-gif.ts";
export type * from "../../js/types.ts";
