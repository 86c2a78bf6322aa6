/** Everything the package exports, wherever it runs. */

import { currentPlatform } from "../platform/platform.ts";
import type { WasmSource } from "../platform/wasm-source.ts";

export type { OptionAliases } from "../options/aliases.ts";
export type * from "../public-types.ts";
export type { Recording, RecordingEvent } from "../recording-events.ts";
export { TaskGif } from "../task-gif.ts";
export { TaskGifError } from "../task-gif-error.ts";
export { assembleGif } from "./assemble-gif.ts";
export * from "./client-exports.ts";
export { GifRecorder } from "./gif-recorder.ts";

/**
 * Loads the wasm that makes GIFs ahead of need, or from an address of your own. Optional: the first assembly does it by
 * itself. May be called any number of times, also at the same time, and again after a failure.
 */
export function init(source?: WasmSource | PromiseLike<WasmSource>): Promise<void> {
  return currentPlatform().loaders.assembler.init(source);
}
