import type { ResolvedOptions, WasmOptionName } from "../options/option-table.ts";
import type { Limits, Rect } from "../public-types.ts";
import type { FrameSpec, FrameTiming, PairPicture, Plan, Probe, ScreenshotComparison } from "../wasm-types.ts";

/**
 * The wasm options of an assembly: the options that the option table marks for wasm, and values derived from all options and the
 * sizes of the screenshots.
 */
export type WasmOptions = Pick<ResolvedOptions, WasmOptionName> & {
  /** Width of the logical screen in pixels. */
  width: number;
  /** Height of the logical screen in pixels. */
  height: number;
  /** The area of the screen for screenshots. */
  content: Rect;
  /** The size of `content` before scaling: screenshots are scaled by the same ratio. If absent, they are not scaled. */
  unscaled?: { width: number; height: number };
  /**
   * The progress bar: a strip over the whole width, at the bottom or at the top. It is painted over everything else. Colors are
   * 0xRRGGBB; `track` is the color of the part that is not filled yet.
   */
  progress?: (Rect & { color: number; track: number }) | undefined;
  /** Color of click markers, 0xRRGGBB. */
  markColor?: number | undefined;
  /** Whether sessions keep frames after encoding, to encode them again with another plan. */
  retain: boolean;
  /** Bytes of changed pixels that one session may hold. Frames beyond that are dropped and decoded again. */
  budgetBytes: number;
};

/** How two screenshots are compared. */
export type CompareOptions = {
  /** Largest difference of a channel that is ignored, 0 to 255. */
  tolerance: number;
  /** Color behind transparent screenshots, 0xRRGGBB. */
  background: number;
  limits: Limits;
  /** Layout of the picture of both screenshots, if one is requested. */
  picture?: PairPicture;
};

/** A screenshot that is compared: its bytes and its redactions. */
export type ScreenshotBytes = { bytes: Uint8Array<ArrayBuffer>; spec?: FrameSpec };

/** The frames that one worker holds for one assembly. */
export interface WasmSession {
  /** Decodes a frame, for the comparison with the frames after it. */
  load(index: number, bytes: Uint8Array, spec?: FrameSpec): void;
  /** Analyzes a frame. The two frames before it must have been decoded just before. Returns its statistics for the plan. */
  analyze(index: number, bytes: Uint8Array, spec?: FrameSpec): Uint8Array;
  /** Analyzes a frame again whose changed pixels did not fit into memory, just before it is encoded. */
  analyzeAgain(index: number, bytes: Uint8Array, spec?: FrameSpec): void;
  /** Encodes a frame that the session holds. Returns its bytes in the file. */
  encode(index: number, plan: Uint8Array): Uint8Array;
  /** Removes a frame and returns its changed pixels, for another session to adopt. */
  release(index: number, plan: Uint8Array): Uint8Array;
  /** Adds a frame that another session has released. */
  adopt(index: number, plan: Uint8Array, held: Uint8Array): void;
  /** Whether the session can encode a frame without analyzing it again. */
  holds(index: number): boolean;
  /** Frees the memory of the session. */
  free(): void;
}

/** The functions of the wasm module that the worker needs. Tests replace them with a fake. */
export interface Wasm {
  newSession(options: WasmOptions): WasmSession;
  probe(bytes: Uint8Array, limits: Limits): Probe;
  plan(options: WasmOptions, stats: Uint8Array[], timing: FrameTiming[]): Plan;
  compare(
    left: ScreenshotBytes | undefined,
    right: ScreenshotBytes | undefined,
    options: CompareOptions,
  ): ScreenshotComparison;
  /** Bytes of the instance's memory, which never shrinks. */
  memoryBytes(): number;
}
