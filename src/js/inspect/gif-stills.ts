import { integer, reject } from "../options/argument-checks.ts";
import type { FrameInfo, GifStep, StillOptions } from "../public-types.ts";
import type { TaskGif } from "../task-gif.ts";
import { checkStill, encodeStill } from "./encode-still.ts";
import { GifPlayer } from "./gif-player.ts";
import { lastFrameOf, posterFrame } from "./poster-frame.ts";

/** A GIF from which stills are made: a `TaskGif` or any other. */
export type StillSource = Pick<TaskGif, "blob"> & Partial<Pick<TaskGif, "frames" | "steps">>;

/** Returns a still of the poster frame. */
export function posterOf(gif: StillSource, options: StillOptions): Promise<Blob> {
  return withPlayer(gif, options, async (player, still) => still(await posterFrame(player, stepsIn(player, gif))));
}

/** Returns a still of `gif.frames[index]`. */
export function stillOfFrame(gif: TaskGif, index: number, options: StillOptions): Promise<Blob> {
  const { startMs, delayMs } = gif.frames[integer(index, "index", 0, gif.frames.length - 1)]!;
  return withPlayer(gif, options, (player, still) => still(player.frameAt(startMs + delayMs - 1)));
}

/** Returns a still of the step with this number; without steps, of the frame with this number, from 1. */
export function stillOfStep(gif: StillSource, number: number, options: StillOptions): Promise<Blob> {
  return withPlayer(gif, options, (player, still) => {
    const count = player.info.frames.length;
    const steps = stepsIn(player, gif);
    if (steps.length === 0) return still(integer(number, "options.step", 1, count) - 1);
    const numbers = steps.map((step) => step.number ?? "?").join(", ");
    const found =
      steps.findLast((step) => step.number === number) ?? reject("options.step", `one of ${numbers}`, number);
    return still(lastFrameOf(found.frame, steps, count));
  });
}

/** Returns a still of each step; without steps, of each frame. */
export async function stillsOf(gif: StillSource, options: StillOptions): Promise<Blob[]> {
  return (await stepStills(gif, options)).map(({ still }) => still);
}

/**
 * Returns the stills of steps by their numbers. If the GIF has no embedded steps and one frame for each of `numbers`, these are
 * its steps; otherwise no steps are known.
 */
export async function stillsByStep(
  gif: StillSource,
  numbers: readonly number[],
  options: StillOptions,
): Promise<Map<number, Blob>> {
  const stills = await stepStills(gif, options);
  const isKnown = stills.every(({ number }) => number !== undefined) || stills.length === numbers.length;
  return new Map(isKnown ? stills.map(({ number, still }, i) => [number ?? numbers[i]!, still]) : []);
}

function stepStills(gif: StillSource, options: StillOptions): Promise<{ number: number | undefined; still: Blob }[]> {
  return withPlayer(gif, options, async (player, still) => {
    const count = player.info.frames.length;
    const steps = stepsIn(player, gif);
    const shown = steps.length > 0 ? steps : player.info.frames.map((_, frame) => ({ number: undefined, frame }));
    // Steps that share a frame share its still.
    const made = new Map<number, Blob>();
    const stills = [];
    for (const step of shown) {
      const frame = lastFrameOf(step.frame, shown, count);
      if (!made.has(frame)) made.set(frame, await still(frame));
      stills.push({ number: step.number, still: made.get(frame)! });
    }
    return stills;
  });
}

async function withPlayer<Result>(
  { blob }: StillSource,
  options: StillOptions,
  work: (player: GifPlayer, still: (frame: number) => Promise<Blob>) => Promise<Result>,
): Promise<Result> {
  const checked = checkStill(options);
  const player = await GifPlayer.open(blob);
  try {
    return await work(player, async (frame) => encodeStill(await player.frame(frame), checked));
  } finally {
    player.close();
  }
}

/** The steps by frames of the file, which has more frames than `gif.frames` where a progress bar moves. */
function stepsIn(
  player: GifPlayer,
  { frames = [], steps = [] }: StillSource,
): (Partial<GifStep> & { frame: number })[] {
  const fileFrame = ({ startMs }: FrameInfo) => player.frameAt(startMs);
  return steps.length > 0
    ? steps.map((step) => ({ ...step, frame: fileFrame(frames[step.frame]!) }))
    : player.info.steps;
}
