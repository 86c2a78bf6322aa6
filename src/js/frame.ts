import type { DelayParts, Step } from "./public-types.ts";
import type { FrameSpec, FrameTiming } from "./wasm-types.ts";

/** A screenshot or the title card in an assembly, with its picture as a blob. */
export type Frame = {
  /** Identity of the frame; its index may change. */
  id: number;
  /** Index of the screenshot in the caller's order; `CARD` for a title card. */
  sourceIndex: number;
  source: Blob;
  timing: FrameTiming;
  /** Whether the order is kept even if timestamps contradict it; see `DescribedScreenshot.keepOrder`. */
  keepOrder?: true;
  /** The step that it shows. */
  step: Step;
  spec?: FrameSpec;
  /** Its size, if known. */
  size?: Size;
  /** Whether it is a close-up of the step of the frame before. */
  isCloseUp?: true;
  /** The parts of its delay, if they are known before the plan. */
  delay?: DelayParts;
  /** The frame whose picture it repeats: it was left out for `maxBytes`, and its time is kept. */
  duplicateOf?: Frame;
};

/** A frame as it is added to an assembly. */
export type NewFrame = Omit<Frame, "id">;

/** `sourceIndex` of a title card, which has an empty source and the spec `blank`. */
export const CARD = -1;

/** Width and height in pixels. */
export type Size = { width: number; height: number };

/** Returns the indices of the frames that a session needs to compare the frame at `index`: the two before it, if there are any. */
export function precedingIndices(index: number): number[] {
  return [index - 2, index - 1].filter((before) => before >= 0);
}

/** Returns the smallest size that contains both. */
export function enclosingSize(a: Size | undefined, b: Size): Size {
  return a ? { width: Math.max(a.width, b.width), height: Math.max(a.height, b.height) } : b;
}
