import type { TaskGifError } from "./task-gif-error.ts";

/** A rectangle in pixels, from the top left corner. */
export type Rect = {
  /** Pixels left of it. */
  left: number;
  /** Pixels above it. */
  top: number;
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
};

/** A point in pixels, from the top left corner. */
export type Point = {
  /** Pixels left of it. */
  left: number;
  /** Pixels above it. */
  top: number;
};

/**
 * Anything that holds one picture. Strings are a URL, a `data:` URL or bare base64. A function is called when the
 * assembly has room for the picture, so that long runs need not be held in memory.
 */
export type ImageSource =
  | Blob
  | ArrayBuffer
  | ArrayBufferView
  | string
  | URL
  | Response
  | ImageBitmap
  | ImageData
  | VideoFrame
  | HTMLImageElement
  | HTMLCanvasElement
  | OffscreenCanvas
  | (() => ImageSource | PromiseLike<ImageSource>);

/** One step of a task. Records, reports, embedded steps and the player's list of steps all extend it. */
export type Step = {
  /** Number of the step in the task; skipped steps count. */
  number: number;
  /** What the step is about. */
  caption?: string;
  /** Address of the page. */
  url?: string;
  /** When the screenshot was taken, in ms since 1970. */
  timestampMs?: number;
  /** Whether the step failed, where that is known. */
  failed?: boolean;
};

/** A picture with what is known about the step it shows. */
export type DescribedScreenshot = {
  /** The picture itself. */
  image: ImageSource;
  /**
   * When the screenshot was taken. Where all have one, of one clock, they are put in chronological order, unless they
   * come from a record.
   */
  timestampMs?: number;
  /**
   * Whether the order in which screenshots are given stands, whatever their timestamps say. What `stepsFrom` and
   * `readRuns` give has it: a record has an order of its own, and clocks are set back. One is enough for the whole list.
   */
  keepOrder?: boolean;
  /** How long this screenshot stays, whatever `options.delay` says: milliseconds, 20 to 86,400,000 (a day). */
  delayMs?: number;
  /** What the step is about. Where captions are drawn, a longer one is shown longer. */
  caption?: string;
  /**
   * Address of the page. Unless `options.skipBlank` is false, new-tab pages of browsers are left out, and pages at
   * `about:blank` whose picture is all of one color.
   */
  url?: string;
  /** Number of the step in the task. */
  number?: number;
  /** Whether the step failed; for `options.onlyFailed`. */
  failed?: boolean;
  /** Where the step clicked, in pixels of the screenshot. */
  click?: Point;
  /** The box of the element that the step acted on, in pixels of the screenshot; marked when there is no `click`. */
  element?: Rect;
  /** The way of a drag, in pixels of the screenshot: two points or more, from its start to its end. */
  drag?: Point[];
  /**
   * Boxes of the screenshot, in its pixels, that turn black before anything else looks at them. Sides are rounded
   * outwards; what lies outside is cut off; a box that covers nothing fails the assembly, `REDACTION_FAILED`.
   */
  redact?: Rect[];
};

/** One screenshot, bare or described. */
export type Screenshot = ImageSource | DescribedScreenshot;

/** What `assembleGif` takes: arrays, iterables and async iterables, also of promises. */
export type Screenshots =
  | Iterable<Screenshot | PromiseLike<Screenshot>>
  | AsyncIterable<Screenshot | PromiseLike<Screenshot>>;

/** Upper bounds that keep hostile or accidental input from taking the machine down. */
export type Limits = {
  /** Bytes of one encoded screenshot; default 64,000,000. */
  inputBytes?: number;
  /** Pixels of one screenshot; default 33,000,000. */
  framePixels?: number;
  /** Width and height of one screenshot; default 16,384. */
  sidePx?: number;
  /** Number of screenshots; default 2,000. */
  frames?: number;
  /** Pixels of all screenshots together; default 2,000,000,000. */
  totalPixels?: number;
  /** Bytes of the finished GIF: more is an error, where `maxBytes` makes it smaller; default 256,000,000. */
  outputBytes?: number;
};

/** How captions look. Their size goes by the size of the GIF, so that they can be read when it is shown small. */
export type CaptionOptions = {
  /** `"below"` (default): a bar below the screenshot, which covers nothing. `"over"`: boxes on the screenshot. */
  position?: "below" | "over";
  /** Default `"auto"`: goes with `options.background`. */
  theme?: "light" | "dark" | "auto";
  /** What is said of a step; default: its caption. Nothing, or an empty text, shows no caption. */
  text?: (step: Step) => string | undefined;
  /** Fonts as in CSS, the first that has a glyph; default: that of the system's interface. */
  fontFamily?: string;
  /** The most lines of a caption, 1 to 12; default 2. A longer one gets smaller, and is then cut off with an ellipsis. */
  maxLines?: number;
  /**
   * Whether captions that cannot be drawn here fail the assembly, `CAPTIONS_UNAVAILABLE`: in Node without the package
   * `@napi-rs/canvas`, and in browsers that do not let a canvas be read. Default false: it goes on without them, a line
   * on the console says so once, and the report has a warning. The command line requires them.
   */
  required?: boolean;
};

/** Which marks are drawn. */
export type ClickMarkerOptions = {
  /** A ring around each `click`, or a frame around the `element` where there is no point; default true. */
  clicks?: boolean;
  /** An arrow along each `drag`; default true. */
  paths?: boolean;
  /** Color of the marks: `"#rgb"`, `"#rrggbb"` or 0xRRGGBB; default `"#ff3b6b"`. */
  color?: string | number;
};

/** How far an assembly has come. */
export type Progress = {
  /** `analyze`: decoding and comparing; `plan`: choosing colors; `encode`: writing frames. */
  phase: "analyze" | "plan" | "encode";
  /** Frames of this phase that are done. */
  done: number;
  /** Frames of this phase. */
  total: number;
  /** Share of the whole assembly, 0 to 1; never falls, and is exactly 1 once, at the end. */
  ratio: number;
};

/** Options of one assembly; all are optional. */
export type Options = {
  /**
   * `"readable"` (default) holds a frame as long as its change, and a caption that is drawn, need. A number is milliseconds
   * for each screenshot, 20 to 86,400,000 (a day).
   */
  delay?: "readable" | number;
  /**
   * The most milliseconds that one play takes, at least 1,000; default no limit. Times are shortened as far as they can
   * still be read, then the steps that change least are left out, never the first, the last, a failed one or one that has a
   * `delayMs`. What was given up is in `gif.reduction.length`; where nothing fits, the assembly fails with `CANNOT_FIT`.
   */
  maxDuration?: number;
  /** How fast the GIF plays, 0.1 to 16; default 1. Divides all times, those that are asked for too. */
  speed?: number;
  /** How often the GIF plays; default `"infinite"`. */
  repeat?: "infinite" | number;
  /** Width of the GIF in pixels; default: the largest screenshot. No screenshot is enlarged: more is a warning. */
  width?: number;
  /** Height of the GIF in pixels; default: the largest screenshot. */
  height?: number;
  /** Factor on the size of the largest screenshot, instead of `width` and `height`; default 1. More is a warning. */
  scale?: number;
  /**
   * `"whole"` (default) shows whole screenshots. `"follow"` goes near to where each step happens: to its `click`, or to where
   * most of the text changed. A step is shown whole for a moment and then as a close-up in the screenshot's own pixels; the
   * camera stays where it is while that is the place. Without `width`, `height` and `scale` the GIF has half the size.
   */
  camera?: "whole" | "follow";
  /** Color beside smaller screenshots and behind transparent ones: `"#rgb"`, `"#rrggbb"` or 0xRRGGBB; default `"#fff"`. */
  background?: string | number;
  /** `"contain"` (default): larger screenshots are scaled down, all are centered. `"none"`: top left, never scaled. */
  fit?: "contain" | "none";
  /** How hard to look for fewer bytes; default `"balanced"`. */
  effort?: "fast" | "balanced" | "smallest";
  /** Invisible to visible loss in exchange for bytes, 0 (none) to 100; default by effort. */
  lossy?: number;
  /** Colors of a palette, 2 to 256; default 256. */
  maxColors?: number;
  /**
   * `"auto"` (default) dithers the smooth areas that a palette is too short for, which would show bands; `"none"` never
   * does.
   */
  dither?: "auto" | "none";
  /**
   * `"rich"` shows a step that has too many colors for one palette as two frames 20 ms apart, the second of which corrects
   * what the first could not show. Default `"auto"`: one frame a step.
   */
  colors?: "auto" | "rich";
  /** Text of a title card in front, such as the task; default none. */
  title?: string;
  /** Whether each screenshot's `caption` is shown, and how; default false. */
  captions?: boolean | CaptionOptions;
  /** Whether each step shows its number and how many there are, as in "3 / 12"; default false. */
  stepNumbers?: boolean;
  /** Whether a bar at the bottom shows how far the GIF has come; default false. It moves while a frame is held, too. */
  progressBar?: boolean;
  /** Whether clicks and drags are marked, and how; default false. */
  clickMarkers?: boolean | ClickMarkerOptions;
  /** A picture to show on every step, such as a logo or a watermark; default none. */
  logo?: ImageSource;
  /** Whether the list of steps is put into the GIF, so that a player can show it again; default false. */
  embedSteps?: boolean;
  /** Numbers of the steps to show; default all. A screenshot without a number counts by its place, from 1. */
  steps?: number[];
  /** Whether only steps that failed are shown; default false. */
  onlyFailed?: boolean;
  /** Whether identical neighbors stay separate frames; default false: one frame with their time together. */
  keepDuplicates?: boolean;
  /** Whether blank placeholders and new-tab pages are left out; default true. */
  skipBlank?: boolean;
  /** Whether the GIF avoids what old viewers get wrong; default false. */
  compat?: boolean;
  /** What an unreadable screenshot does: `"error"` (default) fails the assembly, `"skip"` leaves it out and reports it. */
  onBadFrame?: "error" | "skip";
  /** The fewest screenshots that make a GIF; default 2, as for the task endpoint; 1 beside `steps` or `onlyFailed`. */
  minFrames?: number;
  /**
   * Bytes that the GIF may have at most; default no limit. What fits is found by trying: first how lossy, then how large, how many colors,
   * and last which near-duplicates are left out. `lossy`, `maxColors` and the size are where it starts from. What was
   * chosen is in `gif.reduction`; where nothing fits, the assembly fails with `CANNOT_FIT`.
   */
  maxBytes?: number;
  /** Number of workers, 1 to 32; default as many as help, by memory. The bytes of the GIF do not depend on it. */
  workers?: number;
  /** Upper bounds for the input. */
  limits?: Limits;
  /** Aborts the assembly. */
  signal?: AbortSignal;
  /** Called as the assembly proceeds. */
  onProgress?: (progress: Progress) => void;
};

/**
 * What a frame's time is made of, in whole ms; what is missing is 0. The parts add up to the time but for rounding.
 * What changed costs time to look at, a caption time to read.
 */
export type DelayParts = {
  /** To notice that something happened. */
  baseMs?: number;
  /** For the area that changed. */
  areaMs?: number;
  /** For the detail in what changed, such as text. */
  detailMs?: number;
  /** For further screenshots that show the same. */
  heldMs?: number;
  /** To read the caption. */
  captionMs?: number;
  /** What the timestamps add or, below 0, take away. */
  tempoMs?: number;
  /** What the bounds on a frame's time add or, below 0, take away. */
  clampMs?: number;
  /** For being the first frame that shows something, or the last. */
  endsMs?: number;
  /** What was asked for: `delayMs` of a screenshot, or a number as `options.delay`. */
  explicitMs?: number;
  /** Time of the whole page before a close-up, and, below 0, what the close-up has less for it; with `camera: "follow"`. */
  cameraMs?: number;
  /** What `options.speed` and `options.maxDuration` add or, below 0, take away. */
  lengthMs?: number;
};

/** One frame of the finished GIF. */
export type FrameInfo = {
  /** When the frame appears, from the start of the GIF. */
  startMs: number;
  /** How long it stays. */
  delayMs: number;
  /** Why it stays so long; missing for a GIF that was made elsewhere. */
  delay?: DelayParts;
  /**
   * Places, in the caller's order from 0, of the screenshots it shows: several when identical ones were merged, none when it
   * is a title card, or a close-up of the step before.
   */
  sources: number[];
  /** The part of the screenshot that is shown, in its pixels, with `camera: "follow"`; missing where all of it is. */
  view?: Rect;
  /** Bytes that the frame takes in the file, those of the progress bar's moves meanwhile included. */
  bytes: number;
};

/** A step of a GIF that was made here. */
export type GifStep = Step & {
  /** Place in `gif.frames` of the frame that shows it. */
  frame: number;
};

/** How a still is written. */
export type StillOptions = {
  /** `"image/png"` (default) is exact; `"image/webp"` is smaller, and only some browsers write it. */
  type?: "image/png" | "image/webp";
  /** Width in pixels, 1 to 16,384; default, and most: that of the GIF. The height goes with it. */
  width?: number;
};

/** What `maxDuration` led to. Times are in whole ms, those of the steps that are shown. */
export type LengthReduction = {
  /** How long the GIF would have been. */
  fullMs: number;
  /** What holds and idle time lost. */
  holdsMs: number;
  /** What the time to look lost. */
  lookMs: number;
  /** What the time to read captions lost. */
  captionsMs: number;
  /** Places of screenshots that were left out because they changed least, in the caller's order from 0. */
  leftOut: number[];
};

/** What `maxBytes` and `maxDuration` led to. */
export type SizeReduction = {
  /** Factor on the size that the GIF would have had, 0.125 to 1. */
  scale: number;
  /** Most colors of a palette. */
  colors: number;
  /** How lossy it is, 0 to 100. */
  lossy: number;
  /** Screenshots left out because they hardly differ from the one before; their time is kept. */
  dropped: number;
  /** How often the GIF was made, the first time included. */
  attempts: number;
  /** What became of its length, where `maxDuration` was given. */
  length?: LengthReduction;
};

/** How the work was done: `main` is the calling thread, where workers cannot be had. */
export type WorkerKind = "module" | "blob" | "main" | "node";

/** From when on an assembly had how many workers, and why. */
export type WorkerChange = {
  /** Time from the call, in ms. */
  atMs: number;
  /** Workers from then on. */
  workers: number;
  /**
   * - `asked`: the option `workers` has this number. `start`: one to begin with.
   * - `warm`: so many were there from earlier assemblies. `useful`: those have found so many useful.
   * - `screenshots`: there are enough screenshots for two.
   * - `waiting`: screenshots waited, so more were tried.
   * - `not-faster`: with more the work did not go faster.
   * - `memory`: memory was not enough for more: the screen is too large, or a worker said so.
   * - `lost`: a worker did not start or broke off, and the others went on.
   */
  why: "asked" | "start" | "warm" | "useful" | "screenshots" | "waiting" | "not-faster" | "memory" | "lost";
};

/** What an assembly did and what it cost. Times are wall time, from the call of `assembleGif` or `finish` on. */
export type GifStats = {
  /** Until every screenshot was decoded and compared. */
  decodeMs: number;
  /** For choosing palettes, rectangles and delays. */
  planMs: number;
  /** For writing the frames. */
  encodeMs: number;
  /** From call to result. */
  totalMs: number;
  /** Workers that took part. */
  workers: number;
  /** How many of them there were from when on, and why. */
  workerChanges: WorkerChange[];
  /** What kind of worker ran. */
  workerKind: WorkerKind;
  /** Wasm memory of all workers together at its highest. */
  peakMemoryBytes: number;
  /** Bytes of the screenshots. */
  inputBytes: number;
  /** Bytes of the GIF. */
  outputBytes: number;
  /** Which kind of palettes the GIF has. */
  paletteKind: string;
  /** Positions of blank screenshots that were left out. */
  blank: number[];
  /** Positions of screenshots that were not asked for, with `steps` or `onlyFailed`. */
  unwanted: number[];
  /** Screenshots that could not be read and were left out, with `onBadFrame: "skip"`. */
  skipped: { frame: number; error: TaskGifError }[];
  /** What the options ask for and could not be done: the GIF was made without it. */
  warnings: { code: string; message: string }[];
};
