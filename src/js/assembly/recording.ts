import type { ResolvedOptions } from "../options/resolve-options.ts";
import { workshop } from "../platform/shared-pool.ts";
import type { Watch } from "../recording-events.ts";
import type { Taken } from "../sources/read-screenshot.ts";
import type { TaskGif } from "../task-gif.ts";
import { Job } from "./job.ts";
import { Intake } from "./ordered-loader.ts";

/** A recording that is being worked on. */
export type OpenRecording = {
  /** Takes over a screenshot. Resolves when there is room for the next, rejects when the recording has failed. */
  push(screenshot: Taken): Promise<void>;
  /** Makes the GIF of everything that was pushed. */
  finish(since: number): Promise<TaskGif>;
  /** Gives the recording up. */
  fail(reason: unknown): void;
};

/** Opens a recording, and tells `watch` of its screenshots and of its failure. */
export function openRecording(options: ResolvedOptions, watch: Watch): OpenRecording {
  const job = new Job(options, workshop(), Number.POSITIVE_INFINITY);
  const intake = new Intake(job, options, (taken) => watch.taken(taken));
  job.failed.catch((error: unknown) => watch.tell({ type: "failed", error }));
  return {
    push: (screenshot) => intake.push(screenshot),
    finish: async (since) => {
      await intake.end();
      return job.finish(since);
    },
    fail: (reason) => job.fail(reason),
  };
}
