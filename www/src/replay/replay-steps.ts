import type { TaskGif } from "task-gif";
import type { TaskGifStep } from "task-gif/element";
import type { ReplayScreenshot } from "./screenshot.ts";
import { sourcesOf } from "./screenshot-outcomes.ts";

/** A step as `<task-gif>` tells it, with its frame in `gif.frames` and the position of the screenshot that it is of. */
export type ReplayStep = TaskGifStep & { frame: number; position: number };

/** The steps of a GIF in the order in which it shows them; none where it is not known which screenshots those are. */
export function replaySteps(gif: TaskGif, items: readonly ReplayScreenshot[]): ReplayStep[] {
  return sourcesOf(gif, items).flatMap((positions, frame) =>
    positions.flatMap((position) => {
      const item = items[position];
      if (!item) return [];
      const { number, goal, url, about } = item;
      return {
        number,
        caption: goal,
        ...(url !== undefined && { url }),
        ...(about.timestampMs !== undefined && { timestampMs: about.timestampMs }),
        frame,
        position,
      };
    }),
  );
}
