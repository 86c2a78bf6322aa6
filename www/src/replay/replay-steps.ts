import type { TaskGif } from "task-gif";
import type { TaskGifStep } from "task-gif/element";
import type { ReplayScreenshot } from "./screenshot.ts";
import { sourcesOf } from "./screenshot-outcomes.ts";

/** A step for `<task-gif>`, with its frame in `gif.frames` and the position of its screenshot. */
export type ReplayStep = TaskGifStep & { frame: number; position: number };

/** Returns the steps of a GIF in their order; none if it is unknown which screenshots it shows. */
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
