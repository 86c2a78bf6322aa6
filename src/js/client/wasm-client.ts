import { ApiClient, initSync, type Waiting } from "../../../pkg/task_gif_client.js";
import { currentPlatform } from "../platform/platform.ts";
import { TaskGifError } from "../task-gif-error.ts";
import { TaskClientError } from "./task-client-error.ts";
import type { ApiConfig } from "./wasm-config.ts";

export type { ApiClient, Waiting };

/** Loads the wasm onto this thread and opens a client over it. */
export async function openApi(config: ApiConfig): Promise<ApiClient> {
  // Returns the existing instance if a GIF was read on this thread.
  initSync({ module: await currentPlatform().loaders.client.module() });
  return new ApiClient(config);
}

/** Converts an error of wasm to a `TaskClientError`. Abort reasons and `TypeError`s stay as they are. */
export function toClientError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof TaskGifError) return error;
  const { code } = error as { code?: unknown };
  return error.name === "TaskGifError" && typeof code === "string"
    ? new TaskClientError(code, error.message, error as object)
    : error;
}
