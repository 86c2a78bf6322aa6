/**
 * The task client alone, for pages that assemble nothing unless the server has no GIF. Works in Node as well, where
 * the main entry is the faster one: it has worker threads.
 *
 * @packageDocumentation
 */

import { usePlatform } from "../../js/platform/platform.ts";
import { universal } from "../../js/platform/universal.ts";

usePlatform(universal);

export * from "../../js/api/client.ts";
export { TaskGifError } from "../../js/errors.ts";
export { TaskGif } from "../../js/task-gif.ts";
export type * from "../../js/types.ts";
