import { CARD, type Frame, type Size } from "../frame.ts";
import type { ResolvedOptions } from "../options/resolve-options.ts";
import type { GifStats } from "../public-types.ts";
import type { Plan } from "../wasm-types.ts";
import { largestOf } from "./screen-size.ts";
import { haveOneClock, isScreenshot, maySort, type OrderedFrame } from "./screenshot-order.ts";

type Warnings = GifStats["warnings"];

/**
 * Returns the warnings about a finished GIF. `frames` are all frames of the assembly, `planned` those that `plan` was made of,
 * and `room` is the area for screenshots. That captions cannot be drawn is known earlier: see `Annotations`.
 */
export function warningsAbout(
  options: ResolvedOptions,
  room: Size,
  frames: readonly Frame[],
  plan: Plan,
  planned: readonly Frame[],
): Warnings {
  return [...enlargementWarnings(options, room, frames), ...orderWarnings(frames), ...damageWarnings(plan, planned)];
}

/** Returns a warning if the options ask for a larger screen than the largest screenshot: screenshots are never enlarged. */
function enlargementWarnings({ width, scale }: ResolvedOptions, room: Size, frames: readonly Frame[]): Warnings {
  const largest = largestOf(frames.map(({ size, sourceIndex }) => (sourceIndex === CARD ? undefined : size)));
  if (!largest || room.width <= largest.width || room.height <= largest.height) return [];
  const option = scale === 1 ? (width === undefined ? "height" : "width") : "scale";
  const [found, filled] = [room, largest].map((size) => `${size.width} x ${size.height}`);
  const message = `options.${option} asks for ${found}, but the largest screenshot has ${filled} and none is enlarged: the rest has the color of options.background`;
  return [{ code: "NOT_ENLARGED", message }];
}

/** Returns a warning if timestamps contradict the order in which frames are shown. */
export function orderWarnings(frames: readonly OrderedFrame[]): Warnings {
  const screenshots = frames.filter(isScreenshot);
  const timed = screenshots.filter(({ timing }) => timing.timestampMs !== undefined);
  const back = timed.find((frame, i) => i > 0 && frame.timing.timestampMs! < timed[i - 1]!.timing.timestampMs!);
  if (!back) return [];
  if (!maySort(screenshots)) {
    const message = `screenshot ${back.sourceIndex} has an earlier timestamp than the one before it; the order of the record stands`;
    return [{ code: "CLOCK_SET_BACK", message }];
  }
  const reason = haveOneClock(screenshots)
    ? `${timed.length} of ${screenshots.length} screenshots have a timestamp`
    : "some timestamps count from 1970 and others do not";
  return [{ code: "TIMESTAMPS_IGNORED", message: `${reason}, so they were not sorted by it; the given order stands` }];
}

/** Returns warnings about screenshots whose files are damaged. `plan` was made of `frames`. */
function damageWarnings({ damaged }: Plan, frames: readonly Frame[]): Warnings {
  if (damaged.length === 0) return [];
  const which = [...new Set(damaged.map((frameIndex) => frames[frameIndex]!.sourceIndex))].sort((a, b) => a - b);
  const found = `screenshot${which.length > 1 ? "s" : ""} ${which.join(", ")}: the file is damaged`;
  const message = `${found}, and parts of the picture are gray or wrong, as in browsers; take it again or leave it out`;
  return [{ code: "DAMAGED_SCREENSHOT", message }];
}
