import type { DelayParts, LengthReduction, Point, Rect, Step } from "./public-types.ts";

/** Changes to a screenshot before it is compared. */
export type FrameSpec = {
  /** Boxes in pixels of the screenshot that turn black first; a box that covers no pixel is an error. */
  redact?: Rect[];
  /** Visible part of the screenshot, in its pixels; default all of it. */
  view?: Rect;
  /** 0xRRGGBB. The frame has no screenshot and empty bytes, and the whole screen has this color: a title card. */
  blank?: number;
  /** Click markers in pixels of the screenshot; drawn below the overlays. */
  marks?: ClickMarker[];
  /** Drawn on the composed screen before frames are compared; the first one is at the bottom. */
  overlays?: Overlay[];
};

/** A ring around a point, a pointer with its tip at a point, a frame around an element, or an arrow along the path of a drag. */
export type ClickMarker =
  | ({ kind: "click" | "pointer" } & Point)
  | ({ kind: "element" } & Rect)
  | { kind: "drag"; points: Point[] };

/** Something drawn on the screen, in its pixels; parts outside the screen are cut off. */
export type Overlay = Rect &
  (
    | { kind: "solid"; color: number }
    /**
     * Coverage of each pixel, row by row, 0 to 255. It is rounded to six levels, the multiples of 51.
     */
    | { kind: "coverage"; color: number; coverage: Uint8Array }
    /** RGBA, not premultiplied. Colors are rounded to multiples of 17, alpha to multiples of 51. */
    | { kind: "picture"; rgba: Uint8Array }
  );

/** Facts about the time of a screenshot. */
export type FrameTiming = {
  /** Explicit delay, instead of the computed one. */
  delayMs?: number;
  /** When it was taken, in ms since 1970. */
  timestampMs?: number;
  /** The caption drawn on it, which takes time to read. */
  caption?: string;
  /** Position of the click. */
  click?: Point;
  /** Whether the step failed; set if the length of the GIF is limited. */
  failed?: boolean;
  /** The step, if steps are embedded, with the close-up of the camera. */
  step?: Step & { view?: Rect };
};

/** Size and kind of one encoded picture. */
export type Probe = {
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
  /** Kind of file, such as `"png"`. */
  format: string;
};

/** Result of the comparison of two screenshots. */
export type ScreenshotComparison = {
  /** Their differences; absent if there is only one screenshot. */
  difference?: {
    /** Width of the smallest area that contains both, in pixels. */
    width: number;
    /** Its height. */
    height: number;
    /** Number of pixels that differ. */
    pixels: number;
    /** At most six boxes around the differences, from top to bottom. */
    regions: Rect[];
  };
  /** Both side by side: RGBA, row by row. */
  picture?: Uint8Array<ArrayBuffer>;
};

/** Layout of a picture of two screenshots. */
export type PairPicture = {
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
  /** Areas of the left and the right screenshot. */
  cells: [Rect, Rect];
  /** 0xRRGGBB of the background. */
  ground: number;
  /** 0xRRGGBB of the boxes around differences. */
  markColor: number;
  /** Drawn last. */
  overlays: Overlay[];
};

/** A planned frame of the GIF. */
export type PlannedFrame = {
  /** Frame index of the frame that is encoded. */
  index: number;
  /** Delay in ms. */
  delayMs: number;
  /** Parts of the delay. */
  delay?: DelayParts;
  /** Frame indices that it shows: its own and those of identical frames after it. */
  sources: number[];
  /** The plan of the frame as bytes, for `encode`. */
  plan: Uint8Array;
  /** With `camera: "follow"`: whether the whole screenshot is shown first, and the close-up in its pixels. */
  view?: { whole: boolean; close?: Rect };
  /** Share of the screen that differs from the screenshot before. */
  changed: number;
  /** Estimated encoding time, without a unit; without it, the frame is not moved to another worker. */
  cost?: number;
};

/** The result of the plan phase. */
export type Plan = {
  /** Bytes of the file before its frames. */
  header: Uint8Array;
  /** Bytes of the file after the frames. */
  trailer: Uint8Array;
  /** The frames in order. */
  frames: PlannedFrame[];
  /** Length of one play in ms. */
  durationMs: number;
  /** Kind of palettes of the GIF. */
  paletteKind: string;
  /** Value of `lossy`: the option, or the default of the effort. */
  lossy: number;
  /** Frame indices to leave out since the GIF is too long; the others have to be analyzed and planned again. */
  leftOut: number[];
  /** Reductions of its delays; missing ones are 0. */
  givenUp: Partial<Omit<LengthReduction, "leftOut">>;
  /** Frame indices of screenshots whose files are damaged: parts of them are gray or wrong. */
  damaged: number[];
};
