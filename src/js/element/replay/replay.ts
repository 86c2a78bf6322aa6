import type { GifSource } from "../../inspect/gif-info.ts";
import type { DelayParts } from "../../public-types.ts";
import type { TaskGif } from "../../task-gif.ts";

/** The interface between players and their content: frames of a GIF, or screenshots of a running task. */

/** A step and its start in the replay. */
export type TimedStep = {
  startMs: number;
  /** The frame that shows it. */
  frame: number;
  /** Its number in the task, or its position if unknown. */
  number: number;
  caption: string;
  url?: string;
  timestampMs?: number;
  /** The parts of its time, if known. */
  delay?: DelayParts;
};

/** A replay. Its frames are made on demand; a live replay grows. */
export type Replay = {
  readonly width: number;
  readonly height: number;
  /** Start time of each frame in ms. */
  readonly startsMs: readonly number[];
  readonly durationMs: number;
  /** The steps in order, at least one. */
  readonly steps: readonly TimedStep[];
  /** Number of screenshots that were skipped as unreadable. */
  missing: number;
  /** Returns a composed frame. */
  picture(frame: number, signal: AbortSignal): Promise<ImageData | ImageBitmap>;
  /** Returns the index of the poster frame; by default the last one. */
  posterFrame?(): Promise<number>;
  /** The GIF, as set or made; absent during a recording. */
  readonly gif?: GifSource | TaskGif;
  /** Its file. */
  readonly blob?: Blob;
  /** Approximate bytes of frames that it holds during playback. */
  readonly heldBytes?: number;
  /** Releases frames; they are made again on demand. */
  release?(): void;
  close(): void;
};

/** Returns the index of the last of `count` ascending numbers that is at most `value`; 0 if all are larger. */
export function lastUpTo(count: number, at: (index: number) => number, value: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at(middle) > value) high = middle - 1;
    else low = middle;
  }
  return low;
}

/** Returns the end of a step, which is the start of the next one. */
export function endOf(steps: readonly TimedStep[], index: number, durationMs: number): number {
  return steps[index + 1]?.startMs ?? durationMs;
}
