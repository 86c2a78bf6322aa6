import type { TaskClientLike } from "../../client/client-types.ts";
import { LiveReplay } from "./live-replay.ts";
import type { ReplayInputs, ReplayProgress } from "./replay-inputs.ts";

/**
 * Shows a task that is going on, screenshot by screenshot, as a recording is shown. Resolves when it is over, or cannot
 * be followed any more, to what is on show.
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
    // Whoever waits for the GIF finds out what is wrong; what was seen so far stays.
  }
  return replay.steps.length > 0 ? replay : undefined;
}
