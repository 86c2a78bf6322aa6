import type { Frame } from "../frame.ts";
import type { LengthReduction } from "../public-types.ts";
import type { Plan } from "../wasm-types.ts";

/**
 * What `maxDuration` leads to. Wasm shortens times by itself. Where that does not suffice, it names the frames that have to
 * go, and the others are analyzed again: each shows what changed since the one that is now before it.
 */

/** The frames that stay, and what there is to say of the others. */
export type LengthFit = {
  frames: readonly Frame[];
  /** In the caller's order. */
  leftOut: readonly number[];
  /** How long the GIF of all frames would have been. */
  fullMs: number;
};

/** The frames of a GIF that is short enough, by a plan of all `frames`. */
export function withoutLeftOut(frames: readonly Frame[], { leftOut, givenUp }: Plan): LengthFit {
  const gone = new Set(leftOut);
  return {
    frames: frames.filter((_, frameIndex) => !gone.has(frameIndex)),
    leftOut: leftOut.map((frameIndex) => frames[frameIndex]!.sourceIndex).sort((a, b) => a - b),
    fullMs: givenUp.fullMs ?? 0,
  };
}

/** The same in the words of the public API, with what was given up of the times in the plan that was carried out. */
export function lengthReduction({ fullMs, leftOut }: LengthFit, { givenUp }: Plan): LengthReduction {
  const { holdsMs = 0, lookMs = 0, captionsMs = 0 } = givenUp;
  return { fullMs, holdsMs, lookMs, captionsMs, leftOut: [...leftOut] };
}
