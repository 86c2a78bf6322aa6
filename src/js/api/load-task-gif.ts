import type { LoadSource } from "../client/client-types.ts";
import { lazyImport } from "../lazy-import.ts";
import type { Options } from "../public-types.ts";
import type { LoadedTaskGif } from "./loaded-task-gif.ts";

/**
 * Returns the GIF of a task: that of the server if there is one, or else one assembled from the given screenshots or
 * those that the API lists. `source` tells which, `why` tells why.
 *
 * @throws what both ways failed with: the error of the preferred way, with that of the other as its `cause`.
 */
export async function loadTaskGif(taskId: string, options: LoadSource & Options = {}): Promise<LoadedTaskGif> {
  const { loadFrom } = await lazyImport(import("./load-task-gif.lazy.ts"), options?.signal);
  return loadFrom(taskId, options);
}
