import type { DescribedScreenshot, TaskGif } from "task-gif";

/** One screenshot on the workbench. */
export type Item = {
  /** How errors and labels name it: `Step 3`, `login.png`. */
  name: string;
  /** What happens in it; may be empty. */
  goal: string;
  /** Address of the page, where it is known. */
  url: string | undefined;
  /** Address of the picture, for thumbnails and the comparison. */
  picture: string;
  /** What the library gets. */
  screenshot: DescribedScreenshot & { image: Blob };
};

/** What became of a screenshot in a GIF. */
export type Fate =
  | { kind: "shown"; frame: number; startMs: number; delayMs: number }
  | { kind: "merged"; frame: number; into: number }
  | { kind: "blank" }
  | { kind: "skipped" };

/** The fate of each screenshot, by its position. */
export function fatesOf(gif: TaskGif, count: number): Fate[] {
  const fates: Fate[] = Array.from({ length: count }, () => ({ kind: "skipped" }));
  for (const position of gif.report.blank) fates[position] = { kind: "blank" };
  gif.frames.forEach(({ sources, startMs, delayMs }, frame) => {
    sources.forEach((position, index) => {
      const first = sources[0] ?? position;
      fates[position] =
        index === 0 ? { kind: "shown", frame, startMs, delayMs } : { kind: "merged", frame, into: first };
    });
  });
  return fates;
}
