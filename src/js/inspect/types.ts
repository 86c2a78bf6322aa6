import type { Step } from "../types.ts";

/** Where the bytes of a GIF come from. Strings are a URL or a `data:` URL. */
export type GifSource = Blob | ArrayBuffer | ArrayBufferView | string | URL | Response | { readonly blob: Blob };

/** What becomes of a frame when its time is over. */
export type FrameDisposal = "any" | "keep" | "background" | "previous";

/** One frame as the file has it. */
export type GifFrameInfo = {
  /** Pixels of the screen left of it. */
  left: number;
  /** Pixels of the screen above it. */
  top: number;
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
  /** How long it is to stay, as written. */
  delayMs: number;
  /** How long browsers show it: 100 ms where 0 or 10 ms are written. */
  playedMs: number;
  /** What becomes of it when its time is over. */
  disposal: FrameDisposal;
  /** Entries of its color table; 0 if it has none. */
  colors: number;
  /** Whether that table is its own, not the global one. */
  local: boolean;
  /** Bytes it takes in the file. */
  bytes: number;
  /** Whether it has a transparent color. */
  transparent: boolean;
  /** Whether its rows are stored in four passes. */
  interlaced: boolean;
};

/** A step of the replay, as it is embedded in the file. A file may leave out anything but the frame. */
export type EmbeddedStep = Partial<Step> & {
  /** Index of the frame that shows it. */
  frame: number;
};

/** Something that decoders are known to treat differently. */
export type GifWarning = {
  /** Stable, upper-case name. */
  code: string;
  /** What was found and who does what with it. */
  message: string;
  /** The frame it belongs to, if it belongs to one. */
  frame?: number;
};

/** What is in a GIF. */
export type GifInfo = {
  /** Width of the screen in pixels. */
  width: number;
  /** Height of the screen in pixels. */
  height: number;
  /** How often it plays in browsers. */
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
