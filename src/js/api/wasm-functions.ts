import * as bindings from "../../../pkg/task_gif.js";
import { currentPlatform } from "../platform/platform.ts";
import type { WasmSource } from "../platform/wasm-source.ts";
import type { Limits, Options } from "../public-types.ts";
import type { FrameSpec, FrameTiming, Plan, Probe } from "../wasm-types.ts";
import type { WasmOptions, WasmSession } from "../workers/wasm-interface.ts";

/** The options that wasm reads by itself. What is not given has the default that `assembleGif` documents. */
export type WasmGifOptions = Pick<
  Options,
  | "delay"
  | "repeat"
  | "fit"
  | "effort"
  | "lossy"
  | "maxColors"
  | "dither"
  | "colors"
  | "embedSteps"
  | "keepDuplicates"
  | "compat"
  | "minFrames"
  | "limits"
> & {
  /** Width of the GIF in pixels, together with `height`; default: the largest screenshot. */
  width?: number;
  /** Height of the GIF in pixels, together with `width`. */
  height?: number;
  /** Color beside smaller screenshots and behind transparent ones, 0xRRGGBB; default white. */
  background?: number;
  /** Color of all marks, 0xRRGGBB. */
  markColor?: number;
};

/** A GIF as wasm gives it. */
export type WasmGif = {
  /** The file. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
  /** Number of frames; identical neighbors are one. */
  frames: number;
  /** Length of one play. */
  durationMs: number;
};

/**
 * Loads the wasm that makes GIFs onto this thread, from the package's own file or from `source`. Has to be over before
 * anything else here is called; may be called again, also at the same time.
 *
 * @throws `TaskGifError` with code `WASM_NOT_FOUND` or `WASM_FAILED`.
 */
export async function init(source?: WasmSource | PromiseLike<WasmSource>): Promise<void> {
  const { assembler } = currentPlatform().loaders;
  await assembler.init(source);
  initSync(await assembler.module());
}

/** Instantiates wasm that is at hand, compiled or as bytes; the instance that is there already stays. */
export function initSync(source: WebAssembly.Module | BufferSource): void {
  bindings.initSync({ module: source });
}

/**
 * Makes a GIF of encoded screenshots, in order, on the calling thread: all phases in one call. Nothing is read ahead,
 * posted or drawn; a page that does not bring its own worker wants `assembleGif`.
 *
 * `specs` says for each screenshot, or for none, what is hidden and painted; `timing` how long it is shown.
 *
 * @throws an `Error` named `TaskGifError`, with a `code` and, where one screenshot is to blame, its index as `frame`.
 */
export const assemble_gif = bindings.assemble_gif as (
  blobs: readonly Blob[],
  options?: WasmGifOptions,
  specs?: readonly (FrameSpec | null | undefined)[],
  timing?: readonly (FrameTiming | null | undefined)[],
) => Promise<WasmGif>;

/** Size and kind of an encoded picture, from its head. @throws an `Error` with a `code`, as `assemble_gif`. */
export const probe = bindings.probe as (bytes: Uint8Array, limits?: Limits) => Probe;

/** Plans a GIF from the reports of all frames, for a pool of workers of one's own. */
export const plan = bindings.plan as (
  options: WasmOptions,
  stats: readonly Uint8Array[],
  timing: readonly FrameTiming[],
) => Plan;

/** The frames that one worker holds between the phases, for a pool of workers of one's own. */
export const WorkerSession = bindings.WorkerSession as unknown as new (options: WasmOptions) => WasmSession;
