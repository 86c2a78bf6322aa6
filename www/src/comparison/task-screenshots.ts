import type { DescribedScreenshot } from "task-gif";
import { PictureFile } from "../replay/lazy-picture.ts";
import type { Task } from "../tasks/task.ts";

/** Returns the screenshots of a task in order. Each is fetched at most once. */
export function taskScreenshots({ steps }: Task, signal: AbortSignal): DescribedScreenshot[] {
  return steps.map(({ number, goal, url, screenshot }) => {
    const file = PictureFile.at(screenshot, signal);
    return {
      image: () => file.load(),
      number,
      keepOrder: true,
      ...(goal !== "" && { caption: goal }),
      ...(url !== undefined && { url }),
    };
  });
}
