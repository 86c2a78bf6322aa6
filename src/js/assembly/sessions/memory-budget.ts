import type { Size } from "../../frame.ts";

/** Decides how many sessions an assembly has and how many bytes they may hold, so that it stays within 256 MiB of wasm memory. */

/**
 * Wasm memory that an assembly may use, in bytes. A session needs 32 bytes per pixel of the screen as working memory: decoded
 * screenshots, the changes of one frame and its colors. The remainder holds changed pixels between the phases analyze and encode,
 * up to as many whole screens as an ordinary task has steps. Changes that do not fit are packed, and beyond that decoded again;
 * both cost time.
 */
const MEMORY = { most: 256 << 20, workingBytesPerPixel: 32, heldScreens: 24, leastHeld: 24 << 20, ordinary: 96 << 20 };
/** Minimum number of sessions, for screens of any size. */
const WORKERS_ANYWAY = 2;

/** Number of sessions, at most `sessions`, whose working memory (32 bytes per pixel) fits into 256 MiB; never fewer than 2. */
export function workersFor({ width, height }: Size, sessions: number): number {
  const working = MEMORY.workingBytesPerPixel * width * height;
  return Math.min(sessions, Math.max(Math.floor((MEMORY.most - MEMORY.leastHeld) / working), WORKERS_ANYWAY));
}

/**
 * Bytes that all sessions together may hold between the phases analyze and encode. For close-ups, screenshots
 * are held at their decoded size, `decodedPixels` each.
 */
export function heldBytes(pixels: number, sessions: number, decodedPixels = 0): number {
  const decoded = MEMORY.heldScreens * 4 * decodedPixels;
  const wanted = Math.max(MEMORY.heldScreens * 4 * pixels, MEMORY.ordinary) + decoded;
  const left = MEMORY.most - sessions * MEMORY.workingBytesPerPixel * Math.max(pixels, decodedPixels);
  return Math.max(Math.min(wanted, left), MEMORY.leastHeld);
}
