import { CARD, type NewFrame } from "../frame.ts";
import { FIRST_EPOCH_MS } from "../task-records/timestamp.ts";

/** The properties of a frame that decide its place. */
export type OrderedFrame = Pick<NewFrame, "sourceIndex" | "timing" | "keepOrder">;

/**
 * Returns the frames in the order in which they are shown. A list of screenshots that all have timestamps is sorted by time;
 * equal timestamps keep the given order. The order of a record is kept whatever its timestamps say, since clocks can be set
 * back. A title card stays first.
 */
export function sortByTime<T extends OrderedFrame>(frames: readonly T[]): readonly T[] {
  const screenshots = frames.filter(isScreenshot);
  if (!maySort(screenshots) || !haveOneClock(screenshots) || timesOf(screenshots).length < screenshots.length)
    return frames;
  const cards = frames.filter((frame) => !isScreenshot(frame));
  return [...cards, ...screenshots.sort((a, b) => a.timing.timestampMs! - b.timing.timestampMs!)];
}

/** Whether a frame shows a screenshot; a title card does not. */
export const isScreenshot = ({ sourceIndex }: OrderedFrame) => sourceIndex !== CARD;

/** Whether screenshots may be sorted by time. */
export const maySort = (screenshots: readonly OrderedFrame[]) => !screenshots.some(({ keepOrder }) => keepOrder);

function timesOf(screenshots: readonly OrderedFrame[]): number[] {
  return screenshots.flatMap(({ timing }) => timing.timestampMs ?? []);
}

/** Whether all timestamps can come from one clock: neither 0 for "unknown" nor relative times are mixed with dates. */
export function haveOneClock(screenshots: readonly OrderedFrame[]): boolean {
  const times = timesOf(screenshots);
  return times.every((ms) => ms >= FIRST_EPOCH_MS) || times.every((ms) => ms < FIRST_EPOCH_MS);
}
