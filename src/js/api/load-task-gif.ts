import type { LoadReason, LoadSource } from "../client/types.ts";
import { lazyImport } from "../lazy-import.ts";
import { TaskGif, type TaskGifParts } from "../task-gif.ts";
import type { Options } from "../types.ts";

/** A task's GIF that also says why it comes from where it comes from. */
export class LoadedTaskGif extends TaskGif {
  /** Why `source` is what it is. */
  readonly why: LoadReason;

  /** @internal */
  constructor(parts: TaskGifParts, why: LoadReason) {
    super(parts);
    this.why = why;
  }
}

/**
 * The GIF of a task: the server's if there is one, else assembled here from the given screenshots or those that the
 * API lists. `source` says which, `why` says why.
 *
 * @throws what both ways failed with: the error of the preferred way, with that of the other as its `cause`.
 */
export async function loadTaskGif(taskId: string, options: LoadSource & Options = {}): Promise<LoadedTaskGif> {
  const { loadFrom } = await lazyImport(import("./load-or-assemble.lazy.ts"), options?.signal);
  return loadFrom(taskId, options);
}
