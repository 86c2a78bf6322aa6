import type { Rect } from "./types.ts";

/** Everything wasm needs to know about an assembly, fully resolved. */
export type Settings = {
  width: number;
  height: number;
  content: Rect;
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
  keepDuplicates: boolean;
  compat: boolean;
  minFrames: number;
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

/** What is drawn over one screenshot before it is compared. */
export type FrameSpec = { redact?: Rect[] };

/** What is known about the time of one screenshot. */
export type FrameTiming = { delayMs?: number; timestampMs?: number; caption?: string };

/** Size and kind of one encoded picture. */
export type Probe = { width: number; height: number; format: string };

/** One frame of the GIF as planned: `index` is the position that is encoded, `sources` the positions it shows. */
export type PlannedFrame = {
  index: number;
  delayMs: number;
  sources: number[];
  plan: Uint8Array;
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
};

/** The frames that one worker holds for one assembly. */
export interface WasmLane {
  load(index: number, bytes: Uint8Array, spec?: FrameSpec): void;
  analyze(index: number, bytes: Uint8Array, spec?: FrameSpec): Uint8Array;
  encode(index: number, plan: Uint8Array): Uint8Array;
  /** Gives up what it holds of a frame, for another lane to adopt. */
  release(index: number, plan: Uint8Array): Uint8Array;
  adopt(index: number, plan: Uint8Array, held: Uint8Array): void;
  holds(index: number): boolean;
  free(): void;
}

/** What the worker needs of the wasm module; tests put a fake in its place. */
export interface Wasm {
  newLane(settings: Settings): WasmLane;
  probe(bytes: Uint8Array, limits: Settings["limits"]): Probe;
  plan(settings: Settings, stats: Uint8Array[], timing: FrameTiming[]): Plan;
  /** Bytes of memory the instance has; it never shrinks. */
  memoryBytes(): number;
}
