import { browser } from "../../platform/browser.ts";
import { usePlatform } from "../../platform/platform.ts";
import { followRecording } from "./live-replay.ts";
import { assembleReplay, openGif } from "./open-gif.ts";
import { openTask } from "./open-task.ts";
import type { ReplayInputs, ReplayOutcome, ReplayProgress } from "./replay-inputs.ts";

// For an element that is imported alone; otherwise the platform of another entry stays registered.
usePlatform(browser);

/** Opens a replay from the source that is set. */
export async function openReplay(
  inputs: ReplayInputs,
  progress: ReplayProgress,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  const { recorder, gif, screenshots, src } = inputs;
  if (recorder) {
    const { made, told } = await followRecording(recorder, progress, signal);
    return openGif(made, told, signal);
  }
  if (gif !== undefined) return openAt(gif, inputs, signal);
  if (screenshots !== undefined) return assembleReplay(inputs, screenshots, progress, signal);
  if (src !== undefined) return openAt(new URL(src, document.baseURI), inputs, signal);
  return openTask(inputs, progress, signal);
}

/** Opens a GIF. The description of a failure includes its address, if it has one. */
async function openAt(
  gif: NonNullable<ReplayInputs["gif"]>,
  { steps }: ReplayInputs,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  try {
    return await openGif(gif, steps, signal);
  } catch (error) {
    const isAddress = gif instanceof URL || (typeof gif === "string" && !gif.startsWith("data:"));
    return { kind: "failed", error, addressOf: () => (isAddress ? String(gif) : undefined) };
  }
}
