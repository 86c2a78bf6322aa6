import type { Size } from "../frame.ts";

/** Decides how many sessions an assembly has and how many bytes they may hold, so that it stays within 256 MiB of wasm memory. */

/**
 * Wasm memory that an assembly is to get by with. A session works with some bytes for each pixel of the screen: screenshots
 * as decoded, what changed in one, and its colors. The rest is for changed pixels between comparing and encoding, up to
 * as many whole screens as an ordinary task has steps. What does not fit is packed, and beyond that decoded again, both
 * of which cost time.
 */
const MEMORY = { most: 256 << 20, workingBytesPerPixel: 32, heldScreens: 24, leastHeld: 24 << 20, ordinary: 96 << 20 };
/** Sessions that there may be however large the screen is. */
const WORKERS_ANYWAY = 2;

/** Number of sessions, at most `sessions`, whose working memory (32 bytes per pixel) fits into 256 MiB; never fewer than 2. */
export function workersFor({ width, height }: Size, sessions: number): number {
  const working = MEMORY.workingBytesPerPixel * width * height;
  return Math.min(sessions, Math.max(Math.floor((MEMORY.most - MEMORY.leastHeld) / working), WORKERS_ANYWAY));
}

/**
 * Bytes that all sessions together may hold between comparing and encoding. Where screenshots are shown from near as well,
 * they are held as decoded, with `decodedPixels` each.
 */
export function heldBytes(pixels: number, sessions: number, decodedPixels = 0): number {
  const decoded = MEMORY.heldScreens * 4 * decodedPixels;
  const wanted = Math.max(MEMORY.heldScreens * 4 * pixels, MEMORY.ordinary) + decoded;
  const left = MEMORY.most - sessions * MEMORY.workingBytesPerPixel * Math.max(pixels, decodedPixels);
  return Math.max(Math.min(wanted, left), MEMORY.leastHeld);
}
