import type { LoadReason } from "../client/client-types.ts";
import { TaskGif, type TaskGifParts } from "../task-gif.ts";

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
