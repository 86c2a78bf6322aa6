import type { ResolvedOptions } from "../options/resolve-options.ts";
import { sharedResources } from "../platform/shared-resources.ts";
import type { RecordingEvents } from "../recording-events.ts";
import type { PendingScreenshot } from "../sources/read-screenshot.ts";
import type { TaskGif } from "../task-gif.ts";
import { Assembly } from "./assembly.ts";
import { OrderedLoader } from "./ordered-loader.ts";

/** A recording that takes screenshots. */
export type OpenRecording = {
  /** Queues a screenshot. Resolves when there is room for the next, rejects when the recording has failed. */
  push(screenshot: PendingScreenshot): Promise<void>;
  /** Makes the GIF of everything that was pushed. */
  finish(since: number): Promise<TaskGif>;
  /** Ends the recording without a GIF. */
  fail(reason: unknown): void;
};

/** Opens a recording. `events` get its screenshots and its failure. */
export function openRecording(options: ResolvedOptions, events: RecordingEvents): OpenRecording {
  const assembly = new Assembly(options, sharedResources(), Number.POSITIVE_INFINITY);
  const loader = new OrderedLoader(assembly, options, (frame) => events.screenshotAdded(frame));
  assembly.failed.catch((error: unknown) => events.emit({ type: "failed", error }));
  return {
    push: (screenshot) => loader.push(screenshot),
    finish: async (since) => {
      await loader.end();
      return assembly.finish(since);
    },
    fail: (reason) => assembly.fail(reason),
  };
}
