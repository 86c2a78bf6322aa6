import type { Size } from "../frame.ts";
import type { WasmOptions } from "../workers/wasm-interface.ts";

/** Height of the progress bar as a share of the screen's width, and its colors, which are visible on light and dark pages. */
const BAR = { share: 0.004, leastPx: 3, color: 0x4aa3ff, track: 0x343a44 };

/** Height of the progress bar in pixels, on a screen of this width. */
export const progressBarPx = (widthPx: number) => Math.max(Math.round(BAR.share * widthPx), BAR.leastPx);

/** Returns the progress bar: a strip at the bottom of the screen. */
export function progressBar({ width, height }: Size): WasmOptions["progress"] {
  const barPx = Math.min(progressBarPx(width), height - 1);
  if (barPx === 0) return undefined;
  return { left: 0, top: height - barPx, width, height: barPx, color: BAR.color, track: BAR.track };
}
