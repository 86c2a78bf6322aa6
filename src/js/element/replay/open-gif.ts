import { TaskGifError } from "../../errors.ts";
import { GifPlayer } from "../../inspect/gif-player.ts";
import type { GifSource } from "../../inspect/types.ts";
import type { TaskGif } from "../../task-gif.ts";
import type { Screenshots } from "../../types.ts";
import { loadAssembler } from "../load-assembler.ts";
import type { TaskGifStep } from "../types.ts";
import type { Replay } from "./replay.ts";
import type { ReplayInputs, ReplayOutcome, ReplayProgress } from "./replay-inputs.ts";
import { ScreenshotNotes } from "./screenshot-notes.ts";
import { timedSteps } from "./step-times.ts";

/** Codes of failures after which an `<img>` can still show the GIF: its bytes may not be read, or wasm may not run. */
const SHOWABLE = new Set(["FETCH_FAILED", "WASM_NOT_FOUND", "WASM_FAILED"]);

/** Assembles here; the screenshots tell the steps. */
export async function assembleReplay(
  inputs: ReplayInputs,
  screenshots: Screenshots,
  progress: ReplayProgress,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  progress.assembling(0);
  const { assembleGif } = await loadAssembler();
  const notes = new ScreenshotNotes();
  try {
    const gif = await assembleGif(notes.listen(screenshots), {
      ...inputs.options,
      signal: inputs.options?.signal ? AbortSignal.any([signal, inputs.options.signal]) : signal,
      onProgress: (at) => {
        progress.assembling(at.ratio);
        inputs.options?.onProgress?.(at);
      },
    });
    return await openGif(gif, inputs.steps ?? notes.steps, signal);
  } catch (error) {
    signal.throwIfAborted();
    const isTooFew = error instanceof TaskGifError && error.code === "TOO_FEW_SCREENSHOTS";
    return { kind: "failed", error, ...notes.context, picture: isTooFew ? await notes.onlyPicture(signal) : undefined };
  }
}

/** Opens a GIF. Where its bytes cannot be had, what an `<img>` can do remains. */
export async function openGif(
  gif: GifSource | TaskGif,
  steps: readonly TaskGifStep[] | undefined,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  try {
    const player = await GifPlayer.open(gif, { signal });
    return { kind: "replay", replay: gifReplay(player, gif, steps) };
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
    missing: (gif as Partial<TaskGif>).stats?.skipped.length ?? 0,
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
