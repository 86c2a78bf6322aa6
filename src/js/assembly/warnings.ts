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
  return [
    ...enlargementWarnings(options, room, frames),
    ...stepWarnings(options, frames),
    ...clickWarnings(frames),
    ...unitWarnings(frames),
    ...orderWarnings(frames),
    ...damageWarnings(plan, planned),
  ];
}

/** Number of steps that a warning names. */
const MOST_NAMED = 5;

/** Returns a warning if `steps` asks for numbers that no screenshot has. */
function stepWarnings({ steps }: ResolvedOptions, frames: readonly Frame[]): Warnings {
  const shown = new Set(frames.map(({ step }) => step.number));
  const missing = [...(steps ?? [])].filter((number) => !shown.has(number));
  if (missing.length === 0) return [];
  const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : "";
  const message = `options.steps asks for steps that are not shown, since no screenshot has their number: ${missing.slice(0, MOST_NAMED).join(", ")}${more}`;
  return [{ code: "STEPS_NOT_FOUND", message }];
}

/** Returns a warning if clicks are outside of their screenshots, for example because the points are in other pixels. */
function clickWarnings(frames: readonly Frame[]): Warnings {
  for (const { spec, size, sourceIndex } of frames) {
    const outside = spec?.marks?.find(
      (mark) => mark.kind === "click" && size && !isInside(mark.left, size.width, mark.top, size.height),
    );
    if (outside?.kind !== "click") continue;
    const message = `screenshot ${sourceIndex} was clicked at ${outside.left}, ${outside.top}, outside of its ${size!.width} x ${size!.height} pixels, where no marker can be seen; points are in pixels of the screenshot`;
    return [{ code: "CLICK_OUTSIDE", message }];
  }
  return [];
}

const isInside = (x: number, width: number, y: number, height: number) => x >= 0 && x < width && y >= 0 && y < height;

/** Ranges of times that are seconds since 1970, from 2001 to 2286; as ms they are of January to April 1970. */
const [FIRST_S, LAST_S] = [1e9, 1e10];

/** Returns a warning if a timestamp looks like seconds. */
function unitWarnings(frames: readonly Frame[]): Warnings {
  const found = frames.find(({ timing: { timestampMs = 0 } }) => timestampMs >= FIRST_S && timestampMs < LAST_S);
  if (!found) return [];
  const message = `timestampMs of screenshot ${found.sourceIndex} is ${found.timing.timestampMs}, which looks like seconds since 1970: expected milliseconds`;
  return [{ code: "TIMESTAMPS_IN_SECONDS", message }];
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
