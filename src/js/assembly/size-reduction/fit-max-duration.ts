import type { Frame } from "../../frame.ts";
import type { LengthReduction } from "../../public-types.ts";
import type { Plan } from "../../wasm-types.ts";

/**
 * Carries out `maxDuration`. The plan in wasm shortens times. If that is not enough, it names the frames to leave out, and the
 * other frames are analyzed again, since each now follows another frame.
 */

/** The remaining frames, and facts about the omitted ones for `gif.reduction`. */
export type LengthFit = {
  frames: readonly Frame[];
  /** Source indices of the omitted frames, ascending. */
  leftOut: readonly number[];
  /** Duration of one play with all frames, in ms. */
  fullMs: number;
};

/** Returns the frames of a GIF that is short enough, according to a plan of all `frames`. */
export function withoutLeftOut(frames: readonly Frame[], { leftOut, givenUp }: Plan): LengthFit {
  const gone = new Set(leftOut);
  return {
    frames: frames.filter((_, frameIndex) => !gone.has(frameIndex)),
    leftOut: leftOut.map((frameIndex) => frames[frameIndex]!.sourceIndex).sort((a, b) => a - b),
    fullMs: givenUp.fullMs ?? 0,
  };
}

/** Converts the omission to the public type, with the times that the final plan shortened. */
export function lengthReduction({ fullMs, leftOut }: LengthFit, { givenUp }: Plan): LengthReduction {
  const { holdsMs = 0, lookMs = 0, captionsMs = 0 } = givenUp;
  return { fullMs, holdsMs, lookMs, captionsMs, leftOut: [...leftOut] };
}
