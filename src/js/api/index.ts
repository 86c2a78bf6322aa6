/** Exports of the package on every platform. */

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
 * Loads the wasm that makes GIFs in advance or from another source. Optional: the first assembly loads it otherwise. May be called
 * several times, also concurrently, and again after a failure.
 */
export function init(source?: WasmSource | PromiseLike<WasmSource>): Promise<void> {
  return currentPlatform().loaders.assembler.init(source);
}
