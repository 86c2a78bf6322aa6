import type { DescribedScreenshot } from "task-gif";
import type { PictureFile } from "./lazy-picture.ts";

/** One screenshot in the replay editor. */
export type ReplayScreenshot = {
  /** Its name in errors and labels: `Step 3`, `login.png`. */
  name: string;
  /** Its number in the task, or else its position from 1. */
  number: number;
  /** The goal of its step; may be empty. */
  goal: string;
  /** Address of the page, if it is known. */
  url: string | undefined;
  /** Address of the picture, for thumbnails and the comparison. */
  picture: string;
  /** The file of the picture. */
  file: PictureFile;
  /** The fields for the library besides the picture. */
  about: Omit<DescribedScreenshot, "image">;
};

/** Maximum number of concurrent downloads. */
const AHEAD = 6;

/**
 * Returns the screenshots for the library: a list if all files are loaded, or else an iterable that yields them as they
 * arrive.
 */
export function screenshotsOf(items: ReplayScreenshot[]): DescribedScreenshot[] | AsyncIterable<DescribedScreenshot> {
  const ready = items.flatMap(({ about, file }) => (file.blob ? [{ ...about, image: file.blob }] : []));
  return ready.length === items.length ? ready : inOrder(items);
}

async function* inOrder(items: ReplayScreenshot[]): AsyncGenerator<DescribedScreenshot> {
  // The library retries a failed download once and reports it with its index.
  const load = ({ file, picture }: ReplayScreenshot) => file.load().catch(() => picture);
  const loading = items.slice(0, AHEAD).map(load);
  for (const [position, item] of items.entries()) {
    const next = items[position + AHEAD];
    if (next) loading.push(load(next));
    const image = await loading[position];
    if (image !== undefined) yield { ...item.about, image };
  }
}
