/** Everything the package exports, wherever it runs. */

import { runtime } from "./runtime.ts";
import type { WasmSource } from "./wasm-loader.ts";

export type { OptionAliases } from "./aliases.ts";
export { assembleGif } from "./assemble.ts";
export * from "./client/exports.ts";
export { TaskGifError } from "./errors.ts";
export { GifRecorder } from "./recorder.ts";
export { TaskGif } from "./task-gif.ts";
export type * from "./types.ts";
export type { Recording, RecordingEvent } from "./watch.ts";
export type { WasmSource };

/**
 * Loads the wasm ahead of need, or from an address of your own. Optional: the first assembly does it by itself. May be
 * called any number of times, also at the same time, and again after a failure.
 */
export function init(source?: WasmSource | PromiseLike<WasmSource>): Promise<void> {
  return runtime().loader.init(source);
}
