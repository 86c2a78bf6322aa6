import type { DelayParts, Step } from "./public-types.ts";
import type { FrameSpec, FrameTiming } from "./wasm-types.ts";

/** One screenshot of an assembly, its picture resolved to bytes that can be read again. */
export type Frame = {
  /** Stays the same whatever index the frame has. */
  id: number;
  /** Position in the order the caller gave; none, `CARD`, for a frame that shows no screenshot. */
  sourceIndex: number;
  source: Blob;
  timing: FrameTiming;
  /** Whether timestamps do not say when it is shown; see `DescribedScreenshot.keepOrder`. */
  keepOrder?: true;
  /** What is known of the step it shows. */
  step: Step;
  spec?: FrameSpec;
  /** Its size, once it is known. */
  size?: Size;
  /** Whether it is a close-up of the step of the frame before. */
  isCloseUp?: true;
  /** What its time is made of, where that is settled before the plan. */
  delay?: DelayParts;
  /** The frame whose picture it repeats: it was left out for `maxBytes`, and its time is kept. */
  duplicateOf?: Frame;
};

/** A frame as it is added to an assembly. */
export type NewFrame = Omit<Frame, "id">;

/** What a title card has instead of a position: it shows no screenshot, so its source is empty and its spec `blank`. */
export const CARD = -1;

/** Width and height in pixels. */
export type Size = { width: number; height: number };

/** The frame indices before `index` that a session must have decoded to compare the frame there: at most two. */
export function precedingIndices(index: number): number[] {
  return [index - 2, index - 1].filter((before) => before >= 0);
}

/** The smallest size that holds both. */
export function enclosingSize(a: Size | undefined, b: Size): Size {
  return a ? { width: Math.max(a.width, b.width), height: Math.max(a.height, b.height) } : b;
}
