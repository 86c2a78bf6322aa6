import type { ResolvedOptions } from "../options/resolve-options.ts";
import { sharedResources } from "../platform/shared-resources.ts";
import type { RecordingEvents } from "../recording-events.ts";
import type { PendingScreenshot } from "../sources/read-screenshot.ts";
import type { TaskGif } from "../task-gif.ts";
import { Assembly } from "./assembly.ts";
import { OrderedLoader } from "./ordered-loader.ts";

/** A recording that is being worked on. */
export type OpenRecording = {
  /** Takes over a screenshot. Resolves when there is room for the next, rejects when the recording has failed. */
  push(screenshot: PendingScreenshot): Promise<void>;
  /** Makes the GIF of everything that was pushed. */
  finish(since: number): Promise<TaskGif>;
  /** Gives the recording up. */
  fail(reason: unknown): void;
};

/** Opens a recording, and tells `watch` of its screenshots and of its failure. */
export function openRecording(options: ResolvedOptions, watch: RecordingEvents): OpenRecording {
  const job = new Assembly(options, sharedResources(), Number.POSITIVE_INFINITY);
  const intake = new OrderedLoader(job, options, (taken) => watch.screenshotAdded(taken));
  job.failed.catch((error: unknown) => watch.emit({ type: "failed", error }));
  return {
    push: (screenshot) => intake.push(screenshot),
    finish: async (since) => {
      await intake.end();
      return job.finish(since);
    },
    fail: (reason) => job.fail(reason),
  };
}
