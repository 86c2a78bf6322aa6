/**
 * The task client alone, for pages that assemble nothing unless the server has no GIF.
 *
 * @packageDocumentation
 */
import { browser } from "../browser.ts";
import { usePlatform } from "../runtime.ts";

usePlatform(browser);

export { TaskGifError } from "../errors.ts";
export { TaskGif } from "../task-gif.ts";
export type * from "../types.ts";
export * from "./exports.ts";
