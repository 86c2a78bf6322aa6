import type { LoadReason } from "../client/client-types.ts";
import { TaskGif, type TaskGifParts } from "../task-gif.ts";

/** The GIF of a task, with the reason for its `source`. */
export class LoadedTaskGif extends TaskGif {
  /** The reason for `source`. */
  readonly why: LoadReason;

  /** @internal */
  constructor(parts: TaskGifParts, why: LoadReason) {
    super(parts);
    this.why = why;
  }
}
