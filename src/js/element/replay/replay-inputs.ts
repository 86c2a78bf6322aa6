import type { TaskClientLike } from "../../client/client-types.ts";
import type { GifSource } from "../../inspect/gif-info.ts";
import type { Options, Screenshots } from "../../public-types.ts";
import type { Recording } from "../../recording-events.ts";
import type { TaskGif } from "../../task-gif.ts";
import type { TaskGifStep } from "../element-types.ts";
import type { Replay } from "./replay.ts";

/** Where the replay may come from; the first that is there counts. */
export type ReplayInputs = {
  recorder?: Recording | undefined;
  gif?: GifSource | TaskGif | undefined;
  screenshots?: Screenshots | undefined;
  src?: string | undefined;
  taskId?: string | undefined;
  endpoint?: string | undefined;
  client?: TaskClientLike | undefined;
  steps?: readonly TaskGifStep[] | undefined;
  options?: Options | undefined;
};

/** What is told on the way. */
export type ReplayProgress = {
  /** The server has no GIF yet. */
  waiting(status: string, nextCheckMs: number): void;
  /** A task goes on, and has no screenshot so far. */
  waitingForScreenshot(): void;
  /** The server has not answered for so long that people wonder; it is asked again. */
  unanswered(): void;
  /** Share of the download, if it is known. */
  downloading(ratio: number | undefined): void;
  /** Resolves when this element may assemble, to a function that ends its turn. */
  turn(signal: AbortSignal): Promise<() => void>;
  assembling(ratio: number): void;
  /** A recording or a task is on, and the replay grows; `isOver`: it has ended, and its GIF is being made. */
  live(replay: Replay, isOver?: boolean): void;
};

/** Why there is no replay, and what is known of the screenshots that should have become one. */
export type FailedReplay = {
  kind: "failed";
  error: unknown;
  /** How many screenshots there are. */
  screenshots?: number | undefined;
  /** What is shown in place of a replay. */
  picture?: ImageBitmap | undefined;
  /** The number of the step that a screenshot belongs to. */
  numberOf?(frame: number): number;
  /** Where a screenshot, or without `frame` the GIF, was read from. */
  addressOf?(frame: number | undefined): string | undefined;
};

/** A replay: frames, an address that only an `<img>` may show, or the reason why there is none. */
export type ReplayOutcome =
  | { kind: "replay"; replay: Replay }
  | { kind: "image"; url: string; close?: () => void }
  | FailedReplay;
