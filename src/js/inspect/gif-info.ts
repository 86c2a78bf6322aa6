import type { Rect, Step } from "../public-types.ts";

/** The source of a GIF. A string is a URL or a `data:` URL. */
export type GifSource = Blob | ArrayBuffer | ArrayBufferView | string | URL | Response | { readonly blob: Blob };

/** The treatment of a frame's area before the next frame is drawn. */
export type FrameDisposal = "any" | "keep" | "background" | "previous";

/** One frame, as stored in the file. */
export type GifFrameInfo = {
  /** Distance from the left edge of the screen in pixels. */
  left: number;
  /** Distance from the top edge of the screen in pixels. */
  top: number;
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
  /** The delay in the file in ms. */
  delayMs: number;
  /** The delay in browsers in ms: 100 if the file has 0 or 10. */
  playedMs: number;
  /** The treatment of its area before the next frame is drawn. */
  disposal: FrameDisposal;
  /** Number of entries of its color table; 0 if it has none. */
  colors: number;
  /** Whether the color table is local. */
  local: boolean;
  /** Size of its blocks in the file, in bytes. */
  bytes: number;
  /** Whether it has a transparent color. */
  transparent: boolean;
  /** Whether its rows are interlaced (stored in four passes). */
  interlaced: boolean;
};

/** A step of the replay, as it is embedded in the file. A file may leave out anything but the frame. */
export type EmbeddedStep = Partial<Step> & {
  /** Index of the frame that shows it. */
  frame: number;
  /** With `camera: "follow"`: the close-up, in pixels of the screenshot. */
  view?: Rect;
};

/** A property of the file that decoders are known to treat differently. */
export type GifWarning = {
  /** Stable, upper-case name. */
  code: string;
  /** Description of the property, and how decoders treat it. */
  message: string;
  /** Index of the frame it concerns; missing if it concerns the whole file. */
  frame?: number;
};

/** The contents of a GIF. */
export type GifInfo = {
  /** Width of the screen in pixels. */
  width: number;
  /** Height of the screen in pixels. */
  height: number;
  /** Number of plays in browsers. */
  repeat: "infinite" | number;
  /** Length of one play in browsers, in ms. */
  durationMs: number;
  /** Number of entries of the global color table; 0 if there is none. */
  globalColors: number;
  /** Its frames in order. */
  frames: GifFrameInfo[];
  /** The steps that were embedded with `embedSteps`; none for any other GIF. */
  steps: EmbeddedStep[];
  /** Properties that decoders treat differently; empty for a GIF that plays the same everywhere. */
  warnings: GifWarning[];
};

/** A composed frame. */
export type GifPicture = {
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
  /** RGBA, row by row; transparent where nothing was drawn. Suitable for `new ImageData(data, width, height)`. */
  data: Uint8ClampedArray<ArrayBuffer>;
};
