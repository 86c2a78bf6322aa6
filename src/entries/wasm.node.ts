/**
 * The wasm itself in Node, for programs that bring their own worker thread.
 *
 * @packageDocumentation
 */
import { usePlatform } from "../js/platform/platform.ts";
import { node } from "../node/platform.ts";

usePlatform(node);

export * from "../js/api/wasm-functions.ts";
export { init as default } from "../js/api/wasm-functions.ts";
export type { WasmSource } from "../js/platform/wasm-source.ts";
export type * from "../js/wasm-types.ts";
export type { WasmOptions, WasmSession } from "../js/workers/wasm-interface.ts";
