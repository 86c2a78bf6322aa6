import { CARD, type NewFrame } from "../frame.ts";
import type { GifStats } from "../public-types.ts";

/** Timestamps from here on count ms since 1970 (this one is in 1973), others from some moment of the run. */
const FIRST_EPOCH_MS = 1e11;

type Ordered = Pick<NewFrame, "sourceIndex" | "timing" | "keepOrder">;

/**
 * The same frames in the order in which they are shown. A loose list, of which every screenshot has a timestamp, is put in
 * chronological order; screenshots of the same moment keep theirs. A record has an order of its own, which stands
 * whatever its timestamps say, since clocks are set back. A title card stays in front.
 */
export function sortByTime<T extends Ordered>(frames: readonly T[]): readonly T[] {
  const screenshots = frames.filter(isScreenshot);
  if (!isLoose(screenshots) || !haveOneClock(screenshots) || timesOf(screenshots).length < screenshots.length)
    return frames;
  const cards = frames.filter((frame) => !isScreenshot(frame));
  return [...cards, ...screenshots.sort((a, b) => a.timing.timestampMs! - b.timing.timestampMs!)];
}

/** What is to be said of the order: that timestamps tell another than the one that is shown. */
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

/** Whether all timestamps can be of the same clock: 0 for "unknown", or seconds of a page beside dates, are not. */
function haveOneClock(screenshots: readonly Ordered[]): boolean {
  const times = timesOf(screenshots);
  return times.every((ms) => ms >= FIRST_EPOCH_MS) || times.every((ms) => ms < FIRST_EPOCH_MS);
}
