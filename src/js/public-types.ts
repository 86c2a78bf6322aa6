import type { TaskGifError } from "./task-gif-error.ts";

/** A rectangle in pixels, from the top left corner. */
export type Rect = {
  /** Distance from the left edge in pixels. */
  left: number;
  /** Distance from the top edge in pixels. */
  top: number;
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
};

/** A point in pixels, from the top left corner. */
export type Point = {
  /** Distance from the left edge in pixels. */
  left: number;
  /** Distance from the top edge in pixels. */
  top: number;
};

/**
 * Anything that contains one picture. A string is a URL, a `data:` URL or bare base64. A function is called when the assembly has
 * room for the picture, so that long runs need not be in memory.
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
  /** Description of the step, such as its goal. */
  caption?: string;
  /** Address of the page. */
  url?: string;
  /** When the screenshot was taken, in ms since 1970. */
  timestampMs?: number;
  /** Whether the step failed; absent if unknown. */
  failed?: boolean;
};

/** A picture with facts about its step. */
export type DescribedScreenshot = {
  /** The picture. */
  image: ImageSource;
  /**
   * When the screenshot was taken, in ms. If all screenshots have a time of the same clock, they are sorted by it, unless they come
   * from a record.
   */
  timestampMs?: number;
  /**
   * Whether the order of the list is kept even if timestamps contradict it. Set by `stepsFrom` and `readRuns`, since the order of a
   * record is reliable and clocks can be set back. One such screenshot is enough for the whole list.
   */
  keepOrder?: boolean;
  /** Explicit delay in milliseconds instead of `options.delay`, 20 to 86,400,000 (a day). */
  delayMs?: number;
  /** Description of the step. With `options.captions`, it is drawn, and a longer one is shown longer. */
  caption?: string;
  /**
   * Address of the page. Unless `options.skipBlank` is false, new-tab pages of browsers are left out, and so are pages at
   * `about:blank` whose picture has a single color.
   */
  url?: string;
  /** Number of the step in the task. */
  number?: number;
  /** Whether the step failed; for `options.onlyFailed`. */
  failed?: boolean;
  /** Position of the click, in pixels of the screenshot. */
  click?: Point;
  /** Box of the element that the step acted on, in pixels of the screenshot; marked if there is no `click`. */
  element?: Rect;
  /** Path of a drag, in pixels of the screenshot: two or more points from start to end. */
  drag?: Point[];
  /**
   * Boxes in pixels of the screenshot that turn black before other code reads the pixels. Sides are rounded outwards, and the parts
   * outside the screenshot are ignored. A box that covers no pixel fails the assembly with `REDACTION_FAILED`.
   */
  redact?: Rect[];
};

/** One screenshot, bare or described. */
export type Screenshot = ImageSource | DescribedScreenshot;

/** Input of `assembleGif`: arrays, iterables and async iterables, also of promises. */
export type Screenshots =
  | Iterable<Screenshot | PromiseLike<Screenshot>>
  | AsyncIterable<Screenshot | PromiseLike<Screenshot>>;

/** Limits that protect the machine from hostile or huge input. Each is a maximum. */
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
  /** Bytes of the finished GIF; default 256,000,000. A larger one is an error; use `maxBytes` to get a smaller GIF. */
  outputBytes?: number;
};

/** Options of captions. Their font size grows with the GIF, so that they stay readable when it is shown small. */
export type CaptionOptions = {
  /** `"below"` (default): a bar below the screenshot, which covers nothing. `"over"`: boxes on the screenshot. */
  position?: "below" | "over";
  /** Default `"auto"`: light or dark like `options.background`. */
  theme?: "light" | "dark" | "auto";
  /** Returns the text of a step; default: its caption. `undefined` or an empty text shows no caption. */
  text?: (step: Step) => string | undefined;
  /** Fonts as in CSS; the first one with a glyph is used. Default: the font of the system's interface. */
  fontFamily?: string;
  /** Maximum number of lines, 1 to 12; default 2. A longer caption is reduced in size and then cut off with an ellipsis. */
  maxLines?: number;
  /**
   * Whether the assembly fails with `CAPTIONS_UNAVAILABLE` if captions cannot be drawn: in Node without the package
   * `@napi-rs/canvas`, and in browsers that do not let a canvas be read. Default false: the GIF has no captions, a line on the
   * console says so once, and `gif.stats` has a warning. The command line requires them.
   */
  required?: boolean;
};

/** Options of click markers. */
export type ClickMarkerOptions = {
  /** Whether a ring is drawn around each `click`, or else a frame around the `element`; default true. */
  clicks?: boolean;
  /** Whether an arrow is drawn along each `drag`; default true. */
  paths?: boolean;
  /** Color of the marks: `"#rgb"`, `"#rrggbb"` or 0xRRGGBB; default `"#ff3b6b"`. */
  color?: string | number;
};

/** Progress of an assembly. */
export type Progress = {
  /** `analyze`: decoding and comparing; `plan`: choosing colors; `encode`: writing frames. */
  phase: "analyze" | "plan" | "encode";
  /** Number of frames of this phase that are done. */
  done: number;
  /** Number of frames of this phase. */
  total: number;
  /** Share of the whole assembly that is done, 0 to 1. Never decreases, and is exactly 1 once, at the end. */
  ratio: number;
};

/** Options of one assembly; all are optional. */
export type Options = {
  /**
   * `"readable"` (default): long enough to see the change of a frame and to read its caption. A number: milliseconds for each
   * screenshot, 20 to 86,400,000 (a day).
   */
  delay?: "readable" | number;
  /**
   * Maximum length of one play in milliseconds, at least 1,000; default no limit. Delays are shortened while they stay readable. Then
   * the steps that change least are left out, but never the first, the last, a failed one, or one with a `delayMs`. The reductions
   * are in `gif.reduction.length`. If no GIF is short enough, the assembly fails with `CANNOT_FIT`.
   */
  maxDuration?: number;
  /** Speed of the GIF, 0.1 to 16; default 1. Divides all delays, explicit ones too. */
  speed?: number;
  /** Number of plays, 1 to 65,535; default `"infinite"`. */
  repeat?: "infinite" | number;
  /** Width of the GIF in pixels; default: the largest screenshot. Screenshots are never enlarged: a larger value gives a warning. */
  width?: number;
  /** Height of the GIF in pixels; default: the largest screenshot. */
  height?: number;
  /** Factor for the size of the largest screenshot, instead of `width` and `height`; default 1. A larger value gives a warning. */
  scale?: number;
  /**
   * `"whole"` (default) shows whole screenshots. `"follow"` shows a close-up of each step: of its `click`, or of the place where most
   * of the text changed. A step first shows the whole page and then the close-up, in the pixels of the screenshot; the camera does
   * not move if the place is already visible. Without `width`, `height` and `scale`, the GIF has half the size.
   */
  camera?: "whole" | "follow";
  /** Color beside smaller screenshots and behind transparent ones: `"#rgb"`, `"#rrggbb"` or 0xRRGGBB; default `"#fff"`. */
  background?: string | number;
  /** `"contain"` (default): larger screenshots are scaled down, all are centered. `"none"`: top left, never scaled. */
  fit?: "contain" | "none";
  /** Computing effort for a smaller file; default `"balanced"`. */
  effort?: "fast" | "balanced" | "smallest";
  /** Loss of quality for a smaller file, from 0 (none) to 100 (visible); default by effort. */
  lossy?: number;
  /** Maximum number of colors of a palette, 2 to 256; default 256. */
  maxColors?: number;
  /**
   * `"auto"` (default) dithers smooth areas whose colors do not fit the palette, which would show bands; `"none"` never dithers.
   */
  dither?: "auto" | "none";
  /**
   * `"rich"`: a step with too many colors for one palette has two images 20 ms apart, of which the second corrects the first. Default
   * `"auto"`: one image per step.
   */
  colors?: "auto" | "rich";
  /** Text of a title card before the first step, such as the task; default none. */
  title?: string;
  /** Whether the `caption` of each screenshot is drawn, and how; default false. */
  captions?: boolean | CaptionOptions;
  /** Whether each step shows its number and the total, as in "3 / 12"; default false. */
  stepNumbers?: boolean;
  /** Whether a bar at the bottom shows the progress of the GIF; default false. It moves while a frame is held, too. */
  progressBar?: boolean;
  /** Whether clicks and drags are marked, and how; default false. */
  clickMarkers?: boolean | ClickMarkerOptions;
  /** A picture on every step, such as a logo or a watermark; default none. */
  logo?: ImageSource;
  /** Whether the list of steps is stored in the GIF, so that a player can show it; default false. */
  embedSteps?: boolean;
  /** Numbers of the steps to show; default all. The number of a screenshot without one is its position, from 1. */
  steps?: number[];
  /** Whether only steps that failed are shown; default false. */
  onlyFailed?: boolean;
  /** Whether identical consecutive screenshots stay separate frames; default false: they become one frame with their total time. */
  keepDuplicates?: boolean;
  /** Whether blank placeholders and new-tab pages are left out; default true. */
  skipBlank?: boolean;
  /** Whether the GIF avoids features that old viewers show wrongly; default false. */
  compat?: boolean;
  /** Effect of an unreadable screenshot: `"error"` (default) fails the assembly, `"skip"` leaves it out and reports it. */
  onBadFrame?: "error" | "skip";
  /** Minimum number of screenshots; default 2, as for the task endpoint; 1 with `steps` or `onlyFailed`. */
  minFrames?: number;
  /**
   * Bytes that the GIF may have at most; default no limit. A search raises `lossy`, then reduces the size and the number of colors, and
   * last leaves out near-duplicates. It starts from the given `lossy`, `maxColors` and size. The result is in `gif.reduction`. If no
   * GIF fits, the assembly fails with `CANNOT_FIT`.
   */
  maxBytes?: number;
  /** Number of workers, 1 to 32; default as many as help, by memory. The bytes of the GIF do not depend on it. */
  workers?: number;
  /** Limits for the input and the GIF. */
  limits?: Limits;
  /** Aborts the assembly. */
  signal?: AbortSignal;
  /** Called as the assembly proceeds. */
  onProgress?: (progress: Progress) => void;
};

/**
 * The parts of the delay of a frame, in whole ms. A missing part is 0. Their sum is the delay, except for rounding.
 */
export type DelayParts = {
  /** Time to notice a change. */
  baseMs?: number;
  /** Time for the area that changed. */
  areaMs?: number;
  /** Time for the detail in that area, such as text. */
  detailMs?: number;
  /** Time for further screenshots that show the same. */
  heldMs?: number;
  /** Time to read the caption. */
  captionMs?: number;
  /** Change due to timestamps; may be negative. */
  tempoMs?: number;
  /** Change due to the shortest and longest computed delay; may be negative. */
  clampMs?: number;
  /** Additional time of the first frame that shows something, and of the last frame. */
  endsMs?: number;
  /** Explicit delays: `delayMs` of a screenshot, or a number as `options.delay`. */
  explicitMs?: number;
  /** With `camera: "follow"`: time of the whole page before a close-up; negative in the close-up. */
  cameraMs?: number;
  /** Change due to `options.speed` and `options.maxDuration`; may be negative. */
  lengthMs?: number;
};

/** One frame of the finished GIF. */
export type FrameInfo = {
  /** Start of the frame in ms from the start of the GIF. */
  startMs: number;
  /** Delay in ms. */
  delayMs: number;
  /** Parts of the delay; absent for a GIF that was made elsewhere. */
  delay?: DelayParts;
  /**
   * Indices, in the caller's order from 0, of the screenshots that it shows: several if identical ones were merged, none for a title
   * card or for the close-up of the step before.
   */
  sources: number[];
  /** With `camera: "follow"`: the visible part of the screenshot, in its pixels; absent if all of it is visible. */
  view?: Rect;
  /** Size of the frame in the file in bytes, including the moves of the progress bar. */
  bytes: number;
};

/** A step of a GIF that was made here. */
export type GifStep = Step & {
  /** Index in `gif.frames` of the frame that shows it. */
  frame: number;
};

/** Options of a still. */
export type StillOptions = {
  /** `"image/png"` (default) is exact; `"image/webp"` is smaller, but only some browsers can write it. */
  type?: "image/png" | "image/webp";
  /** Width in pixels, 1 to 16,384; default and maximum: the width of the GIF. The height is proportional. */
  width?: number;
};

/** The effect of `maxDuration`. Times are in whole ms, for the remaining steps. */
export type LengthReduction = {
  /** Length of the GIF without the limit. */
  fullMs: number;
  /** Reduction of holds and idle time. */
  holdsMs: number;
  /** Reduction of the time to look. */
  lookMs: number;
  /** Reduction of the time to read captions. */
  captionsMs: number;
  /** Indices of the screenshots that were left out because they changed least, in the caller's order from 0. */
  leftOut: number[];
};

/** The effect of `maxBytes` and `maxDuration`. */
export type SizeReduction = {
  /** Factor relative to the size without the limit, 0.125 to 1. */
  scale: number;
  /** Maximum number of colors of a palette. */
  colors: number;
  /** Value of `lossy`, 0 to 100. */
  lossy: number;
  /** Number of screenshots that were left out since they hardly differ from the one before; their time is kept. */
  dropped: number;
  /** Number of GIFs that were made, including the first one. */
  attempts: number;
  /** The effect of `maxDuration`, if it was set. */
  length?: LengthReduction;
};

/** Kind of worker: module worker, worker from a blob, the calling thread (`main`) if there are no workers, or thread of Node. */
export type WorkerKind = "module" | "blob" | "main" | "node";

/** A change of the number of workers of an assembly, and its reason. */
export type WorkerChange = {
  /** Time from the call, in ms. */
  atMs: number;
  /** Number of workers from then on. */
  workers: number;
  /**
   * - `asked`: the option `workers`. `start`: the first worker.
   * - `warm`: workers of earlier assemblies exist. `useful`: earlier assemblies found this number useful.
   * - `screenshots`: there are enough screenshots for two.
   * - `waiting`: screenshots are waiting, so more workers are tried.
   * - `not-faster`: more workers were not faster.
   * - `memory`: there is not enough memory for more: the screen is too large, or a worker ran out of memory.
   * - `lost`: a worker did not start or crashed; the others continue.
   */
  why: "asked" | "start" | "warm" | "useful" | "screenshots" | "waiting" | "not-faster" | "memory" | "lost";
};

/** Statistics of an assembly. Times are wall time in ms from the call of `assembleGif` or `finish`. */
export type GifStats = {
  /** Time until every screenshot was decoded and compared. */
  decodeMs: number;
  /** Time to choose palettes, rectangles and delays. */
  planMs: number;
  /** Time to encode and write the frames. */
  encodeMs: number;
  /** Total time. */
  totalMs: number;
  /** Number of workers at the end. */
  workers: number;
  /** Changes of the number of workers. */
  workerChanges: WorkerChange[];
  /** Kind of the workers. */
  workerKind: WorkerKind;
  /** Peak wasm memory of all workers together. */
  peakMemoryBytes: number;
  /** Bytes of the screenshots. */
  inputBytes: number;
  /** Bytes of the GIF. */
  outputBytes: number;
  /** Kind of palettes of the GIF. */
  paletteKind: string;
  /** Indices of blank screenshots that were left out. */
  blank: number[];
  /** Indices of screenshots that `steps` or `onlyFailed` excludes. */
  unwanted: number[];
  /** Screenshots that could not be read and were left out, with `onBadFrame: "skip"`. */
  skipped: { frame: number; error: TaskGifError }[];
  /** Options that could not be applied, and guesses about the input. */
  warnings: { code: string; message: string }[];
};
