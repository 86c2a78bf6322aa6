import type { TaskClientLike } from "../../client/client-types.ts";
import { LiveReplay } from "./live-replay.ts";
import type { ReplayInputs, ReplayProgress } from "./replay-inputs.ts";

/**
 * Shows a running task screenshot by screenshot, as a recording. Resolves to the replay so far when the task has ended
 * or can no longer be followed.
 */
export async function followTask(
  client: TaskClientLike,
  { taskId, options }: ReplayInputs,
  progress: ReplayProgress,
  signal: AbortSignal,
): Promise<LiveReplay | undefined> {
  const { skipBlank } = options ?? {};
  const replay = new LiveReplay();
  progress.waitingForScreenshot();
  try {
    const screenshots = client.fetchScreenshots(taskId!, {
      signal,
      live: true,
      onBadFrame: "skip",
      ...(skipBlank !== undefined && { skipBlank }),
    });
    for await (const { image, number, caption, url } of screenshots) {
      if (!(image instanceof Blob)) continue;
      await replay.add({ image, step: { number, caption, url }, redact: [] });
      if (signal.aborted) break;
      progress.live(replay);
    }
  } catch {
    // The wait for the GIF will report the error; the screenshots so far stay.
  }
  return replay.steps.length > 0 ? replay : undefined;
}
