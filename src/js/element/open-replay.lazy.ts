/** Everything that a replay can come from. Loaded when there is something to load, and so are the parts it needs. */

import type { TaskClientLike } from "../client/types.ts";
import { TaskGifError } from "../errors.ts";
import { GifPlayer } from "../inspect/gif-player.ts";
import type { GifSource } from "../inspect/types.ts";
import { usePlatform } from "../platform/platform.ts";
import { universal } from "../platform/universal.ts";
import type { Recording } from "../recording-events.ts";
import type { TaskGif } from "../task-gif.ts";
import type { DescribedScreenshot, Options, Screenshot, Screenshots } from "../types.ts";
import { loadAssembler } from "./assembler.ts";
import { followRecording } from "./live-replay.ts";
import { openTask } from "./open-task.ts";
import type { Replay } from "./replay.ts";
import { timedSteps } from "./step-times.ts";
import type { TaskGifStep } from "./types.ts";

usePlatform(universal);

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
  /** A recording is on; the reel grows. */
  live(reel: Replay): void;
};

/** A replay: frames, an address that only an `<img>` may show, or the reason why there is none. */
export type ReplayOutcome =
  | { kind: "reel"; reel: Replay }
  | { kind: "image"; url: string; close?: () => void }
  | { kind: "unavailable"; reason: string; message?: string };

/** Codes of failures after which an `<img>` can still show the GIF: its bytes may not be read, or wasm may not run. */
const SHOWABLE = new Set(["FETCH_FAILED", "WASM_NOT_FOUND", "WASM_FAILED"]);

/** Opens what `inputs` say. */
export async function openReplay(
  inputs: ReplayInputs,
  progress: ReplayProgress,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  const { recorder, gif, screenshots, src, steps } = inputs;
  if (recorder) {
    const { made, told } = await followRecording(recorder, progress, signal);
    return openGif(made, told, signal);
  }
  if (gif !== undefined) return openGif(gif, steps, signal);
  if (screenshots !== undefined) return assemble(inputs, screenshots, progress, signal);
  if (src !== undefined) return openGif(new URL(src, document.baseURI), steps, signal);
  return openTask(inputs, progress, signal);
}

/** Assembles here; the screenshots tell the steps. */
export async function assemble(
  inputs: ReplayInputs,
  screenshots: Screenshots,
  progress: ReplayProgress,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  progress.assembling(0);
  const { assembleGif } = await loadAssembler();
  const told: TaskGifStep[] = [];
  const gif = await assembleGif(listened(screenshots, told), {
    ...inputs.options,
    signal,
    onProgress: (at) => {
      progress.assembling(at.ratio);
      inputs.options?.onProgress?.(at);
    },
  });
  return openGif(gif, inputs.steps ?? told, signal);
}

/** Passes screenshots on and keeps what they say of their steps. */
function listened(screenshots: Screenshots, told: TaskGifStep[]): Screenshots {
  const note = (screenshot: Screenshot): Screenshot => {
    const isDescribed = typeof screenshot === "object" && screenshot !== null && "image" in screenshot;
    const { number, caption, url, timestampMs } = (isDescribed ? screenshot : {}) as DescribedScreenshot;
    const step = { number, caption, url, timestampMs };
    told.push(Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined)));
    return screenshot;
  };
  if (Array.isArray(screenshots) && !screenshots.some(isPromise)) return screenshots.map(note);
  return (async function* () {
    for await (const screenshot of screenshots) yield note(screenshot);
  })();
}

const isPromise = (item: unknown) => typeof (item as PromiseLike<unknown> | null)?.then === "function";

/** Opens a GIF. Where its bytes cannot be had, what an `<img>` can do remains. */
export async function openGif(
  gif: GifSource | TaskGif,
  steps: readonly TaskGifStep[] | undefined,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  try {
    const player = await GifPlayer.open(gif, { signal });
    return { kind: "reel", reel: gifReplay(player, gif, steps) };
  } catch (error) {
    if (!(error instanceof TaskGifError) || !SHOWABLE.has(error.code)) throw error;
    return imageOf(gif, error);
  }
}

function gifReplay(player: GifPlayer, gif: GifSource | TaskGif, steps: readonly TaskGifStep[] | undefined): Replay {
  const { width, height, durationMs, frames, steps: embedded } = player.info;
  const sources: number[][] = frames.map(() => []);
  // By time, since the file has more frames when a progress bar moves.
  for (const made of (gif as Partial<TaskGif>).frames ?? [])
    sources[player.frameAt(made.startMs)]?.push(...made.sources);
  return {
    width,
    height,
    durationMs,
    startsMs: player.startsMs,
    steps: timedSteps({ startsMs: player.startsMs, durationMs, embedded, steps, sources }),
    async picture(frame, signal) {
      const { data, width, height } = await player.frame(frame, { signal });
      return new ImageData(data, width, height);
    },
    close: () => player.close(),
  };
}

function imageOf(gif: GifSource | TaskGif, error: TaskGifError): ReplayOutcome {
  if (typeof gif === "string" || gif instanceof URL) return { kind: "image", url: String(gif) };
  const blob = gif instanceof Blob ? gif : (gif as Partial<TaskGif>).blob;
  if (!blob) throw error;
  const url = URL.createObjectURL(blob);
  return { kind: "image", url, close: () => URL.revokeObjectURL(url) };
}
