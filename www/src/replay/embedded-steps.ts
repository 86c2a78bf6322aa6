import type { MadeGif } from "../assembly/load-or-assemble.ts";
import type { ReplayScreenshot } from "./screenshot.ts";

/**
 * Sets the screenshots of the frames of a GIF that was made elsewhere, by the list of steps embedded in it. A GIF without that list
 * is not changed.
 */
export async function readEmbeddedSteps(gif: MadeGif, items: ReplayScreenshot[]): Promise<void> {
  if (gif.frames.some(({ sources }) => sources.length > 0)) return;
  const { GifPlayer } = await import("task-gif/inspect");
  const player = await GifPlayer.open(gif).catch(() => undefined);
  for (const { number, frame } of player?.info.steps ?? []) {
    const position = items.findIndex((item) => item.number === number);
    if (position !== -1) gif.frames[frame]?.sources.push(position);
  }
  player?.close();
}
