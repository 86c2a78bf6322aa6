/**
 * The task client alone, for pages that assemble nothing unless the server has no GIF. Works in Node as well, where
 * the main entry is the faster one: it has worker threads.
 *
 * @packageDocumentation
 */
import { anywhere } from "../anywhere.ts";
import { usePlatform } from "../runtime.ts";

usePlatform(anywhere);

export { TaskGifError } from "../errors.ts";
export { TaskGif } from "../task-gif.ts";
export type * from "../types.ts";
export * from "./exports.ts";
