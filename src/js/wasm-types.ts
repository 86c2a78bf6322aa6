import type { DelayParts, LengthReduction, Point, Rect, Step } from "./public-types.ts";

/** What is done to one screenshot before it is compared. */
export type FrameSpec = {
  /** Boxes in pixels of the screenshot that turn black before anything else; one that hides nothing is an error. */
  redact?: Rect[];
  /** The part of the screenshot that is shown, in its pixels; default all of it. */
  view?: Rect;
  /** 0xRRGGBB. The frame has no screenshot, its bytes are empty, and the whole screen has this color: a title card. */
  blank?: number;
  /** What is marked on the screenshot, in its pixels; drawn below the overlays. */
  marks?: ClickMarker[];
  /** Painted on the composed screen, the first at the bottom, before frames are compared. */
  overlays?: Overlay[];
};

/** A ring around a point, a pointer whose tip is there, a frame around an element, or an arrow along the way of a drag. */
export type ClickMarker =
  | ({ kind: "click" | "pointer" } & Point)
  | ({ kind: "element" } & Rect)
  | { kind: "drag"; points: Point[] };

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
  /** How long it is shown; wins over everything else. */
  delayMs?: number;
  /** When it was taken, in ms since 1970. */
  timestampMs?: number;
  /** The caption drawn on it, which takes time to read. */
  caption?: string;
  /** Where the screenshot was clicked. */
  click?: Point;
  /** Whether the step failed, where the length of the GIF is limited. */
  failed?: boolean;
  /** The step it shows, where steps are to be embedded, with the part that the camera goes to. */
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

/** What comparing two screenshots gave. */
export type ScreenshotComparison = {
  /** How they differ; missing where there is only one. */
  difference?: {
    /** Width of the smallest area that holds both, in pixels. */
    width: number;
    /** Its height. */
    height: number;
    /** Pixels of it that differ. */
    pixels: number;
    /** Boxes around them, at most six, from the top. */
    regions: Rect[];
  };
  /** Both beside each other: RGBA, row by row. */
  picture?: Uint8Array<ArrayBuffer>;
};

/** Where everything goes on a picture of two screenshots. */
export type PairPicture = {
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
  /** Where the left screenshot goes, and where the right one. */
  cells: [Rect, Rect];
  /** 0xRRGGBB of what is behind both. */
  ground: number;
  /** 0xRRGGBB of the boxes around what differs. */
  markColor: number;
  /** Painted last. */
  overlays: Overlay[];
};

/** One frame of the GIF as planned: `index` is the position that is encoded, `sources` the positions it shows. */
export type PlannedFrame = {
  /** Position of the frame that is encoded. */
  index: number;
  /** How long it is shown. */
  delayMs: number;
  /** What the delay is made of. */
  delay?: DelayParts;
  /** Positions that it shows: its own and those of identical ones behind it. */
  sources: number[];
  /** How it is encoded; for `encode`. */
  plan: Uint8Array;
  /** What the camera shows of it, if it follows: the whole, and then a part in pixels of the screenshot. */
  view?: { whole: boolean; close?: Rect };
  /** Share of the screen that differs from the screenshot before. */
  changed: number;
  /** How long it takes to encode, roughly and in no unit; without it the frame stays where it is. */
  cost?: number;
};

/** The outcome of phase B. */
export type Plan = {
  /** Bytes of the file before its frames. */
  header: Uint8Array;
  /** Bytes of the file behind them. */
  trailer: Uint8Array;
  /** The frames in order. */
  frames: PlannedFrame[];
  /** Length of one play. */
  durationMs: number;
  /** Which kind of palettes the GIF has. */
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
