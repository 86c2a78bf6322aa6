import type { Context } from "./canvas.ts";

/**
 * Reads pixels of a canvas without noise. Browsers that protect against fingerprinting change the values that are read a little.
 * Therefore the canvas itself computes "is this channel at least t?" as 0 or 255, and only these values are read.
 */

/** Number of steps from no coverage to full coverage: enough for smooth edges, and few colors in the palette. */
const COVERAGE_STEPS = 5;

/** A part of a canvas. */
export type Region = { width: number; height: number };

/** Thresholds for the three channels. */
type Thresholds = readonly [number, number, number];

/** Reads the coverage of each pixel in the top left corner of `gray`, in multiples of 51. The canvas must be gray. */
export function readCoverage(gray: Context, mask: Context, region: Region): Uint8Array {
  const coverage = new Uint8Array(region.width * region.height);
  // Red, green and blue are equal, so each channel can be compared with another threshold.
  for (let step = 0; step < COVERAGE_STEPS; step += 3) {
    const channels = Math.min(3, COVERAGE_STEPS - step);
    const limit = (channel: number) => threshold(step + Math.min(channel, channels - 1), COVERAGE_STEPS);
    const answers = ask(gray, mask, region, [limit(0), limit(1), limit(2)]);
    for (let channel = 0; channel < channels; channel++) {
      for (let i = 0; i < coverage.length; i++) {
        coverage[i]! += (answers[4 * i + channel]! >> 7) * (255 / COVERAGE_STEPS);
      }
    }
  }
  return coverage;
}

/** Reads the colors in the top left corner of an opaque canvas, as RGBA whose channels are multiples of `255 / steps`. */
export function readColors(colors: Context, mask: Context, region: Region, steps: number): Uint8Array {
  const rgba = new Uint8Array(region.width * region.height * 4);
  for (let step = 0; step < steps; step++) {
    const limit = threshold(step, steps);
    const answers = ask(colors, mask, region, [limit, limit, limit]);
    for (let i = 0; i < rgba.length; i++) rgba[i]! += (answers[i]! >> 7) * (255 / steps);
  }
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
  return rgba;
}

/** Rounds a channel as `readColors` does. */
export function roundChannel(value: number, steps: number): number {
  return Math.floor((value * steps) / 255 + 0.5) * (255 / steps);
}

/** Whether this canvas can be read: whether its blend modes work as specified, and its pixels may be read. */
export function isReadable(source: Context, mask: Context): boolean {
  const ramp = [0, 25, 26, 76, 77, 127, 128, 178, 179, 229, 230, 255];
  ramp.forEach((value, x) => {
    source.fillStyle = `rgb(${value},${value},${value})`;
    source.fillRect(x, 0, 1, 1);
  });
  const found = readCoverage(source, mask, { width: ramp.length, height: 1 });
  return ramp.every((value, x) => found[x] === roundChannel(value, COVERAGE_STEPS));
}

/** Returns the smallest value that is rounded to step `step + 1`. */
const threshold = (step: number, steps: number) => Math.ceil(((step + 0.5) * 255) / steps);

/** Returns 255 for each channel of each pixel that reaches the threshold, 1 to 255, and 0 for the others. */
function ask(source: Context, mask: Context, { width, height }: Region, [r, g, b]: Thresholds): Uint8ClampedArray {
  mask.globalCompositeOperation = "copy";
  mask.drawImage(source.canvas, 0, 0, width, height, 0, 0, width, height);
  // Color burn with 1 - t sets all values that are not above t to 0.
  mask.globalCompositeOperation = "color-burn";
  mask.fillStyle = `rgb(${256 - r},${256 - g},${256 - b})`;
  mask.fillRect(0, 0, width, height);
  // Color dodge with nearly white sets all others to 255. White itself would divide 0 by 0.
  mask.globalCompositeOperation = "color-dodge";
  mask.fillStyle = "rgb(254,254,254)";
  mask.fillRect(0, 0, width, height);
  return mask.getImageData(0, 0, width, height).data;
}
