/** Exports for tasks and their API. */

import { currentPlatform } from "../platform/platform.ts";
import type { WasmSource } from "../platform/wasm-source.ts";

export { TaskClient } from "../client/client.ts";
export type * from "../client/client-types.ts";
export { TaskClientError } from "../client/task-client-error.ts";
export { loadTaskGif } from "./load-task-gif.ts";
export { LoadedTaskGif } from "./loaded-task-gif.ts";
export type { WasmSource };

/**
 * Loads the wasm of the task client, which also reads GIFs for `<task-gif>` and `task-gif/inspect`, in advance or from another source.
 * Optional, like `init` for the wasm that makes GIFs.
 */
export function initClient(source?: WasmSource | PromiseLike<WasmSource>): Promise<void> {
  return currentPlatform().loaders.client.init(source);
}
