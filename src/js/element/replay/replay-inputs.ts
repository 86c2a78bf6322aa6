import type { TaskClientLike } from "../../client/client-types.ts";
import type { GifSource } from "../../inspect/gif-info.ts";
import type { Options, Screenshots } from "../../public-types.ts";
import type { Recording } from "../../recording-events.ts";
import type { TaskGif } from "../../task-gif.ts";
import type { TaskGifStep } from "../element-types.ts";
import type { Replay } from "./replay.ts";

/** The possible sources of a replay; the first one that is set counts. */
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

/** Callbacks for the progress of loading a replay. */
export type ReplayProgress = {
  /** The server has no GIF yet. */
  waiting(status: string, nextCheckMs: number): void;
  /** The task is running and has no screenshot yet. */
  waitingForScreenshot(): void;
  /** The server has not answered for too long; the request is repeated. */
  unanswered(): void;
  /** Share of the download that is done, if known. */
  downloading(ratio: number | undefined): void;
  /** Resolves when this element may assemble, to a function that ends its turn. */
  turn(signal: AbortSignal): Promise<() => void>;
  assembling(ratio: number): void;
  /** A recording or task is running, and the replay grows. `isOver`: it has ended, and its GIF is being made. */
  live(replay: Replay, isOver?: boolean): void;
};

/** Why there is no replay, with facts about its screenshots for the message. */
export type FailedReplay = {
  kind: "failed";
  error: unknown;
  /** Number of screenshots. */
  screenshots?: number | undefined;
  /** A picture to show instead. */
  picture?: ImageBitmap | undefined;
  /** Returns the step number of a screenshot. */
  numberOf?(frame: number): number;
  /** Returns the address of a screenshot, or without `frame` of the GIF. */
  addressOf?(frame: number | undefined): string | undefined;
};

/** A replay, the URL of a GIF that only an `<img>` can show, or the reason why there is none. */
export type ReplayOutcome =
  | { kind: "replay"; replay: Replay }
  | { kind: "image"; url: string; close?: () => void }
  | FailedReplay;
