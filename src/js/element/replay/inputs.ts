import type { TaskClientLike } from "../../client/types.ts";
import type { GifSource } from "../../inspect/types.ts";
import type { Recording } from "../../recording-events.ts";
import type { TaskGif } from "../../task-gif.ts";
import type { Options, Screenshots } from "../../types.ts";
import type { TaskGifStep } from "../types.ts";
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
  /** Share of the download, if it is known. */
  downloading(ratio: number | undefined): void;
  assembling(ratio: number): void;
  /** A recording is on; the replay grows. */
  live(replay: Replay): void;
};

/** A replay: frames, an address that only an `<img>` may show, or the reason why there is none. */
export type ReplayOutcome =
  | { kind: "replay"; replay: Replay }
  | { kind: "image"; url: string; close?: () => void }
  | { kind: "unavailable"; reason: string; message?: string };
