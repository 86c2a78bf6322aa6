import { ApiClient, initSync, type Waiting } from "../../../pkg/task_gif.js";
import { runtime } from "../platform/platform.ts";
import type { ApiConfig } from "./wasm-config.ts";

export type { ApiClient, Waiting };

/** Loads the wasm onto this thread and opens a client over it. */
export async function openApi(config: ApiConfig): Promise<ApiClient> {
  const module = await runtime().loader.module();
  // Where an assembly runs on this thread too, this gives the instance that is there already.
  initSync({ module });
  return new ApiClient(config);
}
