import type { Rect, Step } from "../public-types.ts";

/** Where the bytes of a GIF come from. Strings are a URL or a `data:` URL. */
export type GifSource = Blob | ArrayBuffer | ArrayBufferView | string | URL | Response | { readonly blob: Blob };

/** How a frame's area is treated before the next frame is drawn. */
export type FrameDisposal = "any" | "keep" | "background" | "previous";

/** One frame, as stored in the file. */
export type GifFrameInfo = {
  /** Pixels of the screen left of it. */
  left: number;
  /** Pixels of the screen above it. */
  top: number;
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
  /** Its delay, as written in the file. */
  delayMs: number;
  /** The delay that browsers use: 100 ms where the file says 0 or 10 ms. */
  playedMs: number;
  /** How its area is treated before the next frame is drawn. */
  disposal: FrameDisposal;
  /** Entries of its color table; 0 if it has none. */
  colors: number;
  /** Whether that table is local, not the global one. */
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
  /** The part of its screenshot that the camera goes to, in pixels of the screenshot; with `camera: "follow"`. */
  view?: Rect;
};

/** A property of the file that decoders are known to treat differently. */
export type GifWarning = {
  /** Stable, upper-case name. */
  code: string;
  /** What was found, and how which decoders treat it. */
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
  /** Length of one play in browsers. */
  durationMs: number;
  /** Entries of the global color table; 0 if there is none. */
  globalColors: number;
  /** Its images in order. */
  frames: GifFrameInfo[];
  /** The steps that were embedded with `embedSteps`; none for any other GIF. */
  steps: EmbeddedStep[];
  /** What decoders treat differently; empty for a GIF that plays alike everywhere. */
  warnings: GifWarning[];
};

/** A composed frame. */
export type GifPicture = {
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
  /** RGBA, row by row; transparent where nothing was drawn. Goes into `new ImageData(data, width, height)` as it is. */
  data: Uint8ClampedArray<ArrayBuffer>;
};
