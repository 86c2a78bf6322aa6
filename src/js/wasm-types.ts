import type { DelayParts, Point, Rect, Step } from "./types.ts";

/** Everything wasm needs to know about an assembly, fully resolved. */
export type WasmOptions = {
  width: number;
  height: number;
  content: Rect;
  /** The size that `content` stands for: screenshots are scaled as it was. Without it they keep their size. */
  unscaled?: { width: number; height: number };
  background: number;
  fit: "contain" | "none";
  effort: "fast" | "balanced" | "smallest";
  lossy?: number | undefined;
  maxColors: number;
  dither: "auto" | "none";
  colors: "auto" | "rich";
  delay: "readable" | number;
  /** Plays; 0 is for ever. */
  repeat: number;
  /**
   * A bar that shows how far the GIF has come: a strip over the whole width, at the bottom or at the top. It is painted
   * last, on the picture of every frame; colors are 0xRRGGBB, `track` where it is not filled yet.
   */
  progress?: (Rect & { color: number; track: number }) | undefined;
  /** 0xRRGGBB of all marks. */
  markColor?: number | undefined;
  /** Whether the trailer carries the list of steps. */
  embedSteps: boolean;
  keepDuplicates: boolean;
  compat: boolean;
  minFrames: number;
  /** Whether lanes keep what they have encoded, to encode it again with another plan. */
  retain: boolean;
  /** Bytes of changed pixels that one lane may hold before it drops and decodes again. */
  budgetBytes: number;
  limits: {
    inputBytes?: number;
    framePixels?: number;
    sidePx?: number;
    frames?: number;
    totalPixels?: number;
    outputBytes?: number;
  };
};

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
  /** Positions of screenshots whose files are damaged, so that they are gray or wrong in parts. */
  damaged: number[];
};

/** The frames that one worker holds for one assembly. */
export interface WasmLane {
  load(index: number, bytes: Uint8Array, spec?: FrameSpec): void;
  analyze(index: number, bytes: Uint8Array, spec?: FrameSpec): Uint8Array;
  /** Once more, for a frame that there was no room for and that is encoded next. */
  analyzeAgain(index: number, bytes: Uint8Array, spec?: FrameSpec): void;
  encode(index: number, plan: Uint8Array): Uint8Array;
  /** Gives up what it holds of a frame, for another lane to adopt. */
  release(index: number, plan: Uint8Array): Uint8Array;
  adopt(index: number, plan: Uint8Array, held: Uint8Array): void;
  holds(index: number): boolean;
  free(): void;
}

/** What the worker needs of the wasm module; tests put a fake in its place. */
export interface Wasm {
  newLane(options: WasmOptions): WasmLane;
  probe(bytes: Uint8Array, limits: WasmOptions["limits"]): Probe;
  plan(options: WasmOptions, stats: Uint8Array[], timing: FrameTiming[]): Plan;
  /** Bytes of memory the instance has; it never shrinks. */
  memoryBytes(): number;
}
