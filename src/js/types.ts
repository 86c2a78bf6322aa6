import type { TaskGifError } from "./errors.ts";

/** A rectangle in pixels, from the top left corner. */
export type Rect = { left: number; top: number; width: number; height: number };

/** Anything that holds one picture. Strings are a URL, a `data:` URL or bare base64. */
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
  | OffscreenCanvas;

/** A picture with what is known about the step it shows. */
export type DescribedScreenshot = {
  /** The picture itself. */
  image: ImageSource;
  /** When the screenshot was taken. When all have one, they are put in chronological order. */
  timestampMs?: number;
  /** How long this screenshot stays, whatever `options.delay` says. */
  delayMs?: number;
  /** What the step is about; a longer caption is shown longer. */
  caption?: string;
  /** Address of the page; new-tab pages are skipped unless `options.skipBlank` is false. */
  url?: string;
  /** Number of the step in the task. */
  number?: number;
  /** Where the step clicked, in pixels of the screenshot. */
  click?: { left: number; top: number };
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
  /** Bytes of one encoded screenshot. */
  inputBytes?: number;
  /** Pixels of one screenshot. */
  framePixels?: number;
  /** Width and height of one screenshot. */
  sidePx?: number;
  /** Number of screenshots. */
  frames?: number;
  /** Pixels of all screenshots together. */
  totalPixels?: number;
  /** Bytes of the finished GIF. */
  outputBytes?: number;
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

/** Wishes for one assembly; everything is optional. */
export type Options = {
  /** `"readable"` (default) holds a frame as long as its change and caption need; a number is milliseconds for each. */
  delay?: "readable" | number;
  /** How often the GIF plays; default `"infinite"`. */
  repeat?: "infinite" | number;
  /** Width of the GIF in pixels; default: the largest screenshot. */
  width?: number;
  /** Height of the GIF in pixels; default: the largest screenshot. */
  height?: number;
  /** Factor on the size of the largest screenshot, instead of `width` and `height`. */
  scale?: number;
  /** Color beside smaller screenshots and behind transparent ones: `"#rgb"`, `"#rrggbb"` or 0xRRGGBB; default white. */
  background?: string | number;
  /** `"contain"` (default): larger screenshots are scaled down, all are centered. `"none"`: top left, never scaled. */
  fit?: "contain" | "none";
  /** How hard to look for fewer bytes; default `"balanced"`. */
  effort?: "fast" | "balanced" | "smallest";
  /** Invisible to visible loss in exchange for bytes, 0 (none) to 100; default by effort. */
  lossy?: number;
  /** Colors of a palette, 2 to 256; default 256. */
  maxColors?: number;
  /** `"auto"` (default) dithers where it helps gradients; `"none"` never. */
  dither?: "auto" | "none";
  /** `"rich"` may spend several palettes on one step; default `"auto"`. */
  colors?: "auto" | "rich";
  /** Whether identical neighbors stay separate frames; default false: one frame with their time together. */
  keepDuplicates?: boolean;
  /** Whether blank placeholders and new-tab pages are left out; default true. */
  skipBlank?: boolean;
  /** Whether the GIF avoids what old viewers get wrong; default false. */
  compat?: boolean;
  /** What an unreadable screenshot does: `"error"` (default) fails the assembly, `"skip"` leaves it out and reports it. */
  onBadFrame?: "error" | "skip";
  /** The fewest screenshots that make a GIF; default 2, as for the task endpoint. */
  minFrames?: number;
  /** Number of workers; default by cores and screenshots. */
  workers?: number;
  /** Upper bounds for the input. */
  limits?: Limits;
  /** Aborts the assembly. */
  signal?: AbortSignal;
  /** Called as the assembly proceeds. */
  onProgress?: (progress: Progress) => void;
};

/** One frame of the finished GIF. */
export type FrameInfo = {
  /** When the frame appears, from the start of the GIF. */
  startMs: number;
  /** How long it stays. */
  delayMs: number;
  /**
   * Positions, in the given order, of the screenshots it shows: several when identical ones were merged, none when it
   * is a title card.
   */
  sources: number[];
  /** Bytes that the frame takes in the file. */
  bytes: number;
};

/** How the work was done: `main` is the calling thread, where workers cannot be had. */
export type WorkerKind = "module" | "blob" | "main" | "node";

/** What an assembly did and what it cost. Times are wall time, from the call of `assembleGif` or `finish` on. */
export type Report = {
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
  /** Screenshots that could not be read and were left out, with `onBadFrame: "skip"`. */
  skipped: { frame: number; error: TaskGifError }[];
};
