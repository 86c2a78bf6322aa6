import type { GifSource } from "../../inspect/gif-info.ts";
import { GifPlayer } from "../../inspect/gif-player.ts";
import { readGif } from "../../inspect/wasm-reader.ts";
import { nextMacrotask } from "../../next-macrotask.ts";
import type { Screenshots } from "../../public-types.ts";
import type { TaskGif } from "../../task-gif.ts";
import { TaskGifError } from "../../task-gif-error.ts";
import type { TaskGifStep } from "../element-types.ts";
import { loadAssembler } from "../load-assembler.ts";
import { GifReplay } from "./gif-replay.ts";
import type { ReplayInputs, ReplayOutcome, ReplayProgress } from "./replay-inputs.ts";
import { ScreenshotNotes } from "./screenshot-notes.ts";

/** Codes of errors after which an `<img>` can still show the GIF: its bytes are not readable, or wasm does not run. */
const SHOWABLE = new Set(["FETCH_FAILED", "WASM_NOT_FOUND", "WASM_FAILED"]);

/** Assembles screenshots to a replay. They contain the steps. */
export async function assembleReplay(
  inputs: ReplayInputs,
  screenshots: Screenshots,
  progress: ReplayProgress,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  const endTurn = await progress.turn(signal);
  const notes = new ScreenshotNotes();
  try {
    progress.assembling(0);
    const { assembleGif } = await loadAssembler();
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
  } finally {
    endTurn();
  }
}

/** Opens a GIF as a replay. If its bytes are not readable, an `<img>` shows it. */
export async function openGif(
  gif: GifSource | TaskGif,
  steps: readonly TaskGifStep[] | undefined,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  try {
    const blob = await readGif(gif, signal);
    const player = await GifPlayer.open(blob, { signal });
    const replay = new GifReplay(player, blob, gif, steps);
    // The replay is shown in a separate task, before the next element of the page begins.
    await nextMacrotask();
    return { kind: "replay", replay };
  } catch (error) {
    if (!(error instanceof TaskGifError) || !SHOWABLE.has(error.code)) throw error;
    return imageOf(gif, error);
  }
}

function imageOf(gif: GifSource | TaskGif, error: TaskGifError): ReplayOutcome {
  if (typeof gif === "string" || gif instanceof URL) return { kind: "image", url: String(gif) };
  const blob = gif instanceof Blob ? gif : (gif as Partial<TaskGif>).blob;
  if (!blob) throw error;
  const url = URL.createObjectURL(blob);
  return { kind: "image", url, close: () => URL.revokeObjectURL(url) };
}
