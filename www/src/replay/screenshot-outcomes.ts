import type { TaskGif } from "task-gif";
import { hostAndPath } from "../tasks/host-and-path.ts";
import type { ReplayScreenshot } from "./screenshot.ts";

/** The outcome of a screenshot in a GIF. */
export type Outcome =
  | { kind: "shown"; delayMs: number }
  | { kind: "merged"; into: number }
  | { kind: "blank" }
  | { kind: "skipped" }
  /** Left out by the user. */
  | { kind: "unwanted" }
  /** Unknown: the GIF was made elsewhere. */
  | { kind: "unknown" };

/** Returns for each frame the positions of its screenshots; empty if they are unknown. */
export function sourcesOf(gif: TaskGif, items: readonly ReplayScreenshot[]): readonly (readonly number[])[] {
  const isKnown = gif.source === "local" || gif.frames.some((frame) => frame.sources.length > 0);
  if (isKnown) return gif.frames.map((frame) => frame.sources);
  // The endpoint's GIF has the screenshots in order. If it has one frame for each page, the assignment is certain.
  const shown = items.flatMap((item, position) => (isBlank(item) ? [] : [position]));
  return gif.frames.map((_, frame) => (gif.frames.length === shown.length ? shown.slice(frame, frame + 1) : []));
}

/** Whether the screenshots of a GIF that was made elsewhere can only be known from the steps embedded in it. */
export function isInDoubt(gif: TaskGif, items: readonly ReplayScreenshot[]): boolean {
  return sourcesOf(gif, items).every(({ length }) => length === 0);
}

/** Returns the outcome of each screenshot, by position. */
export function outcomesOf(gif: TaskGif, items: readonly ReplayScreenshot[]): Outcome[] {
  const sources = sourcesOf(gif, items);
  const isLocal = gif.source === "local";
  const outcomes: Outcome[] = items.map((item) => {
    if (isLocal) return { kind: "skipped" };
    const isKnown = sources.some(({ length }) => length > 0);
    return isBlank(item) && isKnown ? { kind: "blank" } : { kind: "unknown" };
  });
  for (const position of gif.stats.blank) outcomes[position] = { kind: "blank" };
  for (const position of gif.stats.unwanted) outcomes[position] = { kind: "unwanted" };
  gif.frames.forEach(({ startMs }, frame) => {
    // A step may have further frames, such as the close-up of the camera.
    const next = sources.findIndex((positions, index) => index > frame && positions.length > 0);
    const delayMs = (gif.frames[next]?.startMs ?? gif.durationMs) - startMs;
    sources[frame]?.forEach((position, index, all) => {
      const first = all[0] ?? position;
      outcomes[position] = index === 0 ? { kind: "shown", delayMs } : { kind: "merged", into: first };
    });
  });
  return outcomes;
}

function isBlank({ url }: ReplayScreenshot): boolean {
  return url !== undefined && hostAndPath(url) === undefined;
}
