import { CARD, type NewFrame } from "../frame.ts";
import type { GifStats } from "../public-types.ts";
import { FIRST_EPOCH_MS } from "../task-records/timestamp.ts";

type Ordered = Pick<NewFrame, "sourceIndex" | "timing" | "keepOrder">;

/**
 * Returns the frames in the order in which they are shown. A list of screenshots that all have timestamps is sorted by time;
 * equal timestamps keep the given order. The order of a record is kept whatever its timestamps say, since clocks can be set
 * back. A title card stays first.
 */
export function sortByTime<T extends Ordered>(frames: readonly T[]): readonly T[] {
  const screenshots = frames.filter(isScreenshot);
  if (!isLoose(screenshots) || !haveOneClock(screenshots) || timesOf(screenshots).length < screenshots.length)
    return frames;
  const cards = frames.filter((frame) => !isScreenshot(frame));
  return [...cards, ...screenshots.sort((a, b) => a.timing.timestampMs! - b.timing.timestampMs!)];
}

/** Returns a warning if timestamps contradict the order in which frames are shown. */
export function orderWarnings(frames: readonly Ordered[]): GifStats["warnings"] {
  const screenshots = frames.filter(isScreenshot);
  const timed = screenshots.filter(({ timing }) => timing.timestampMs !== undefined);
  const back = timed.find((frame, i) => i > 0 && frame.timing.timestampMs! < timed[i - 1]!.timing.timestampMs!);
  if (!back) return [];
  if (!isLoose(screenshots)) {
    const message = `screenshot ${back.sourceIndex} has an earlier timestamp than the one before it; the order of the record stands`;
    return [{ code: "CLOCK_SET_BACK", message }];
  }
  const reason = haveOneClock(screenshots)
    ? `${timed.length} of ${screenshots.length} screenshots have a timestamp`
    : "some timestamps count from 1970 and others do not";
  return [{ code: "TIMESTAMPS_IGNORED", message: `${reason}, so they were not sorted by it; the given order stands` }];
}

const isScreenshot = ({ sourceIndex }: Ordered) => sourceIndex !== CARD;

const isLoose = (screenshots: readonly Ordered[]) => !screenshots.some(({ keepOrder }) => keepOrder);

function timesOf(screenshots: readonly Ordered[]): number[] {
  return screenshots.flatMap(({ timing }) => timing.timestampMs ?? []);
}

/** Whether all timestamps can come from one clock. That excludes 0 for "unknown", and relative times mixed with dates. */
function haveOneClock(screenshots: readonly Ordered[]): boolean {
  const times = timesOf(screenshots);
  return times.every((ms) => ms >= FIRST_EPOCH_MS) || times.every((ms) => ms < FIRST_EPOCH_MS);
}
