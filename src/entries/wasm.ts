/**
 * The wasm itself, without workers, canvases and checks around it, for programs that bring their own worker.
 *
 * @packageDocumentation
 */
import { browser } from "../js/platform/browser.ts";
import { usePlatform } from "../js/platform/platform.ts";

usePlatform(browser);

export * from "../js/api/wasm-functions.ts";
export { init as default } from "../js/api/wasm-functions.ts";
export type { WasmSource } from "../js/platform/wasm-source.ts";
export type * from "../js/wasm-types.ts";
export type { WasmOptions, WasmSession } from "../js/workers/wasm-interface.ts";
