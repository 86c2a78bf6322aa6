import type { Limits, Options, Rect, Screenshot } from "../public-types.ts";
import type { Run } from "../runs/run.ts";
import type { TaskGif } from "../task-gif.ts";

/** One side of a comparison: a run of `readRuns`, or only its screenshots. */
export type ComparedRun = (Pick<Run, "screenshots"> & Partial<Pick<Run, "name">>) | readonly Screenshot[];

/** A step of one run beside the step of another that it corresponds to. */
export type AlignedPair = {
  /** Place of the step in the first run, from 0; missing where only the second run has it. */
  a?: number;
  /** Place of the step in the second run, from 0; missing where only the first run has it. */
  b?: number;
  /** How alike captions, addresses and numbers are, 0 to 1; 0 where one run has no such step. */
  similarity: number;
};

/** The kinds of differences between two steps. */
export type StepChange = "caption" | "url" | "status" | "picture";

/** An aligned pair with its differences. */
export type ComparedPair = AlignedPair & {
  /** Whether both runs have the step, and whether it is the same in both. */
  outcome: "same" | "changed" | "onlyA" | "onlyB";
  /** What differs; nothing for steps that only one run has. */
  changes: StepChange[];
  /** Share of the pixels that differ, 0 to 1; missing where pictures were not compared. */
  diffPixelRatio?: number;
  /** Boxes around the pixels that differ, at most six, in pixels of both screenshots. */
  regions?: Rect[];
};

/** The differences of two runs. */
export type RunComparison = {
  /** The steps of both runs in order, each exactly once. */
  pairs: ComparedPair[];
  /** Steps that are the same in both. */
  same: number;
  /** Steps that both have and that differ. */
  changed: number;
  /** Steps that only the first run has. */
  onlyA: number;
  /** Steps that only the second run has. */
  onlyB: number;
};

/** Options of a comparison. */
export type CompareOptions = {
  /** Whether screenshots are compared, too; default true. Without, captions, addresses and outcomes decide. */
  pictures?: boolean;
  /** The largest difference of a color channel, 0 to 255, that does not count; default 16. JPEG needs more. */
  tolerance?: number;
  /** The largest share of pixels that may differ before a step counts as changed, 0 to 1; default 0. */
  maxDiffPixelRatio?: number;
  /** Upper bounds for the screenshots. */
  limits?: Limits;
  /** Aborts the comparison. */
  signal?: AbortSignal;
};

/**
 * Options of a comparison GIF: those of `assembleGif` except those about single screenshots. `captions` are on by
 * default, and `width` is that of both screenshots together; default 1280, or less if the screenshots are smaller.
 */
export type ComparisonOptions = Omit<CompareOptions, "pictures"> &
  Omit<
    Options,
    "camera" | "clickMarkers" | "fit" | "height" | "onBadFrame" | "onlyFailed" | "scale" | "skipBlank" | "steps"
  > & {
    /** Names of the two sides; default: the names of the runs if they differ, or else `["A", "B"]`. */
    labels?: readonly [a: string, b: string];
    /** Whether steps that are the same in both runs are left out; default false. */
    onlyDifferent?: boolean;
  };

/** A GIF of two runs side by side, and their differences. */
export type ComparisonGif = RunComparison & {
  /** The GIF; its steps stand for `shown`, in order. */
  gif: TaskGif;
  /** The pairs that the GIF shows: all of them, unless those that are the same were left out. */
  shown: ComparedPair[];
};
