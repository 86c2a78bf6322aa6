import type { GifSource } from "../../inspect/gif-info.ts";
import type { DelayParts } from "../../public-types.ts";
import type { TaskGif } from "../../task-gif.ts";

/** What a player plays: frames of a GIF, or screenshots of a task that is still going on. */

/** One step and the moment in the play at which it begins. */
export type TimedStep = {
  startMs: number;
  /** The frame that shows it. */
  frame: number;
  /** What it is called by: its number in the task, or its place. */
  number: number;
  caption: string;
  url?: string;
  timestampMs?: number;
  /** Why it stays so long, where that is known. */
  delay?: DelayParts;
};

/** Frames that are made when they are asked for. A live one grows. */
export type Replay = {
  readonly width: number;
  readonly height: number;
  /** When each frame appears. */
  readonly startsMs: readonly number[];
  readonly durationMs: number;
  /** In order, at least one. */
  readonly steps: readonly TimedStep[];
  /** How many screenshots were left out, since they could not be read. */
  missing: number;
  /** The frame, composed. */
  picture(frame: number, signal: AbortSignal): Promise<ImageData | ImageBitmap>;
  /** The frame that stands for all of it; by default the last. */
  posterFrame?(): Promise<number>;
  /** The GIF, as it was given or made; none while it is being recorded. */
  readonly gif?: GifSource | TaskGif;
  /** Its file. */
  readonly blob?: Blob;
  /** Bytes of frames that are held when it plays, about. */
  readonly heldBytes?: number;
  /** Gives frames back; the next picture makes them anew. */
  release?(): void;
  close(): void;
};

/** The last of ascending numbers that is not above `value`; 0 if all are. */
export function lastUpTo(count: number, at: (index: number) => number, value: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at(middle) > value) high = middle - 1;
    else low = middle;
  }
  return low;
}

/** When a step ends: where the next one begins. */
export function endOf(steps: readonly TimedStep[], index: number, durationMs: number): number {
  return steps[index + 1]?.startMs ?? durationMs;
}
