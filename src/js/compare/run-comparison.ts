import type { Limits, Options, Rect, Screenshot } from "../public-types.ts";
import type { Run } from "../runs/run.ts";
import type { TaskGif } from "../task-gif.ts";

/** One side of a comparison: a run of `readRuns`, or only its screenshots. */
export type ComparedRun = (Pick<Run, "screenshots"> & Partial<Pick<Run, "name">>) | readonly Screenshot[];

/** A step of one run and the corresponding step of another. */
export type AlignedPair = {
  /** Index of the step in the first run, from 0; missing if only the second run has the step. */
  a?: number;
  /** Index of the step in the second run, from 0; missing if only the first run has the step. */
  b?: number;
  /** Similarity of captions, addresses and numbers, 0 to 1; 0 if only one run has the step. */
  similarity: number;
};

/** The kinds of differences between two steps. */
export type StepChange = "caption" | "url" | "status" | "picture";

/** An aligned pair of steps with its differences. */
export type ComparedPair = AlignedPair & {
  /** Whether both runs have the step, and whether it is the same in both. */
  outcome: "same" | "changed" | "onlyA" | "onlyB";
  /** The differences; empty for steps that only one run has. */
  changes: StepChange[];
  /** Share of the pixels that differ, 0 to 1; missing if the screenshots were not compared. */
  diffPixelRatio?: number;
  /** Boxes around the different pixels, at most six, in pixels of both screenshots. */
  regions?: Rect[];
};

/** The differences between two runs. */
export type RunComparison = {
  /** The steps of both runs in order, each exactly once. */
  pairs: ComparedPair[];
  /** Number of steps that are the same in both runs. */
  same: number;
  /** Number of steps that both runs have and that differ. */
  changed: number;
  /** Number of steps that only the first run has. */
  onlyA: number;
  /** Number of steps that only the second run has. */
  onlyB: number;
};

/** Options of a comparison. */
export type CompareOptions = {
  /** Whether screenshots are compared; default true. If false, only captions, addresses and outcomes decide. */
  pictures?: boolean;
  /** Largest difference of a color channel that is ignored, 0 to 255; default 16. JPEG needs more. */
  tolerance?: number;
  /** Largest share of different pixels in a step that still counts as the same, 0 to 1; default 0. */
  maxDiffPixelRatio?: number;
  /** Upper bounds for the screenshots. */
  limits?: Limits;
  /** Aborts the comparison. */
  signal?: AbortSignal;
};

/**
 * Options of a comparison GIF: those of `assembleGif` except those about single screenshots. `captions` are on by
 * default. `width` is the width of both screenshots together; default 1280, or less if the screenshots are smaller.
 */
export type ComparisonOptions = Omit<CompareOptions, "pictures"> &
  Omit<
    Options,
    "camera" | "clickMarkers" | "fit" | "height" | "onBadFrame" | "onlyFailed" | "scale" | "skipBlank" | "steps"
  > & {
    /** Names of the two sides; default: the names of the runs if they differ, otherwise `["A", "B"]`. */
    labels?: readonly [a: string, b: string];
    /** Whether steps that are the same in both runs are left out; default false. */
    onlyDifferent?: boolean;
  };

/** A GIF of two runs side by side, and the differences between the runs. */
export type ComparisonGif = RunComparison & {
  /** The GIF; its steps correspond to `shown`, in order. */
  gif: TaskGif;
  /** The pairs that the GIF shows: all pairs, or only the different ones if the options say so. */
  shown: ComparedPair[];
};
