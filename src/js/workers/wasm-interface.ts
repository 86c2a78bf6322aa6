import type { ResolvedOptions, WasmOptionName } from "../options/option-table.ts";
import type { Limits, Rect } from "../public-types.ts";
import type { FrameSpec, FrameTiming, PairPicture, Plan, Probe, ScreenshotComparison } from "../wasm-types.ts";

/**
 * What wasm is told about an assembly: the options of the table that are marked for it, and what all options and the
 * sizes of the screenshots lead to.
 */
export type WasmOptions = Pick<ResolvedOptions, WasmOptionName> & {
  /** Width of the logical screen in pixels. */
  width: number;
  /** Height of the logical screen in pixels. */
  height: number;
  /** Where on it screenshots go. */
  content: Rect;
  /** The size that `content` stands for: screenshots are scaled as it was. Without it they keep their size. */
  unscaled?: { width: number; height: number };
  /**
   * A bar that shows how far the GIF has come: a strip over the whole width, at the bottom or at the top. It is painted
   * last, on the picture of every frame; colors are 0xRRGGBB, `track` where it is not filled yet.
   */
  progress?: (Rect & { color: number; track: number }) | undefined;
  /** 0xRRGGBB of all marks. */
  markColor?: number | undefined;
  /** Whether sessions keep what they have encoded, to encode it again with another plan. */
  retain: boolean;
  /** Bytes of changed pixels that one session may hold before it drops and decodes again. */
  budgetBytes: number;
};

/** How two screenshots are compared. */
export type CompareOptions = {
  /** The largest difference of a channel, 0 to 255, that does not count. */
  tolerance: number;
  /** 0xRRGGBB of what is behind transparent screenshots. */
  background: number;
  limits: Limits;
  /** The picture of both, if there is to be one. */
  picture?: PairPicture;
};

/** A screenshot that is compared: its bytes, and what is hidden of it. */
export type ScreenshotBytes = { bytes: Uint8Array<ArrayBuffer>; spec?: FrameSpec };

/** The frames that one worker holds for one assembly. */
export interface WasmSession {
  /** Decodes a frame, as context for the ones behind it. */
  load(index: number, bytes: Uint8Array, spec?: FrameSpec): void;
  /** Compares a frame with the two before it, which must have come just before; gives a report for the plan. */
  analyze(index: number, bytes: Uint8Array, spec?: FrameSpec): Uint8Array;
  /** Once more, for a frame that there was no room for and that is encoded next. */
  analyzeAgain(index: number, bytes: Uint8Array, spec?: FrameSpec): void;
  /** Encodes a frame that it holds; gives its bytes in the file. */
  encode(index: number, plan: Uint8Array): Uint8Array;
  /** Gives up what it holds of a frame, for another session to adopt. */
  release(index: number, plan: Uint8Array): Uint8Array;
  /** Takes over a frame that another session has released. */
  adopt(index: number, plan: Uint8Array, held: Uint8Array): void;
  /** Whether it can encode a frame without analyzing it again. */
  holds(index: number): boolean;
  /** Gives its memory back. */
  free(): void;
}

/** What the worker needs of the wasm module; tests put a fake in its place. */
export interface Wasm {
  newSession(options: WasmOptions): WasmSession;
  probe(bytes: Uint8Array, limits: Limits): Probe;
  plan(options: WasmOptions, stats: Uint8Array[], timing: FrameTiming[]): Plan;
  compare(
    left: ScreenshotBytes | undefined,
    right: ScreenshotBytes | undefined,
    options: CompareOptions,
  ): ScreenshotComparison;
  /** Bytes of memory the instance has; it never shrinks. */
  memoryBytes(): number;
}
