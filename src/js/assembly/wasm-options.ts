import type { Size } from "../frame.ts";
import { OPTIONS, type OptionName, type ResolvedOptions, type WasmOptionName } from "../options/option-table.ts";
import type { WasmOptions } from "../workers/wasm-interface.ts";
import { progressBar, progressBarPx } from "./progress-bar.ts";
import { screenFor, shrunk } from "./screen-size.ts";
import { heldBytes } from "./sessions/memory-budget.ts";

/**
 * Returns wasm options for screenshots of which the largest has the size `largest`, for `sessions` worker sessions. `barFor`
 * returns the height of the caption bar for a screen width. `shrink` is a factor for the size of all screenshots.
 */
export function wasmOptionsFor(
  options: ResolvedOptions,
  largest: Size,
  sessions: number,
  barFor: (widthPx: number) => number = () => 0,
  shrink = 1,
): WasmOptions {
  // A progress bar too is placed below the page, unless captions are drawn over the page.
  const isBelow = options.progressBar && options.captions?.position !== "over";
  const roomFor = (widthPx: number) => barFor(widthPx) + (isBelow ? progressBarPx(widthPx) : 0);
  const full = screenFor(options, largest, roomFor);
  const unscaled = { width: full.width, height: full.height - full.barPx };
  const decodedPixels = options.camera === "follow" ? largest.width * largest.height : 0;
  const { width, height, barPx } = shrink === 1 ? full : shrunk(full, shrink, roomFor);
  return {
    ...marked(options),
    width,
    height,
    content: { left: 0, top: 0, width, height: height - barPx },
    ...(options.clickMarkers && { markColor: options.clickMarkers.color }),
    ...(options.progressBar && { progress: progressBar({ width, height }) }),
    ...(shrink !== 1 && { unscaled }),
    retain: options.maxBytes !== undefined,
    budgetBytes: Math.floor(heldBytes(width * height, sessions, decodedPixels) / sessions),
  };
}

/** Returns the options that wasm receives unchanged. */
function marked(options: ResolvedOptions): Pick<ResolvedOptions, WasmOptionName> {
  const rows = Object.entries(OPTIONS).filter(([, [, , to]]) => to === "wasm");
  return Object.fromEntries(rows.map(([name]) => [name, options[name as OptionName]])) as ResolvedOptions;
}
