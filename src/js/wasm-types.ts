import type { DelayParts, LengthReduction, Point, Rect, Step } from "./types.ts";

/** What is done to one screenshot before it is compared. */
export type FrameSpec = {
  /** Boxes in pixels of the screenshot that turn black before anything else; one that hides nothing is an error. */
  redact?: Rect[];
  /** 0xRRGGBB. The frame has no screenshot, its bytes are empty, and the whole screen has this color: a title card. */
  blank?: number;
  /** What is marked on the screenshot, in its pixels; drawn below the overlays. */
  marks?: Mark[];
  /** Painted on the composed screen, the first at the bottom, before frames are compared. */
  overlays?: Overlay[];
};

/** A ring around a point, a frame around an element, or an arrow along the way of a drag. */
export type Mark = ({ kind: "click" } & Point) | ({ kind: "element" } & Rect) | { kind: "drag"; points: Point[] };

/** Something painted on the screen, in its pixels; what lies outside is cut off. */
export type Overlay = Rect &
  (
    | { kind: "solid"; color: number }
    /**
     * A byte for each pixel, row by row: how much of the color there is. Rounded to six levels, multiples of 51, so that
     * a value within 25 of one of them means that one.
     */
    | { kind: "coverage"; color: number; coverage: Uint8Array }
    /** RGBA, not premultiplied. Colors are rounded to multiples of 17, alpha to multiples of 51. */
    | { kind: "picture"; rgba: Uint8Array }
  );

/** What is known about the time of one screenshot. */
export type FrameTiming = {
  delayMs?: number;
  timestampMs?: number;
  caption?: string;
  /** Whether the step failed, where the length of the GIF is limited. */
  failed?: boolean;
  /** The step it shows, where steps are to be embedded. */
  step?: Step;
};

/** Size and kind of one encoded picture. */
export type Probe = { width: number; height: number; format: string };

/** One frame of the GIF as planned: `index` is the position that is encoded, `sources` the positions it shows. */
export type PlannedFrame = {
  index: number;
  delayMs: number;
  /** What the delay is made of. */
  delay?: DelayParts;
  sources: number[];
  plan: Uint8Array;
  /** Share of the screen that differs from the screenshot before. */
  changed: number;
  /** How long it takes to encode, roughly and in no unit; without it the frame stays where it is. */
  cost?: number;
};

/** The outcome of phase B. */
export type Plan = {
  header: Uint8Array;
  trailer: Uint8Array;
  frames: PlannedFrame[];
  durationMs: number;
  paletteKind: string;
  /** How lossy it will be: as asked for, or by effort. */
  lossy: number;
  /** Positions of screenshots without which all is to be analyzed and planned again, since the GIF would be too long. */
  leftOut: number[];
  /** What was given up of its times; what is missing is 0. */
  givenUp: Partial<Omit<LengthReduction, "leftOut">>;
  /** Positions of screenshots whose files are damaged, so that they are gray or wrong in parts. */
  damaged: number[];
};
