import { CARD, type Frame } from "../frame.ts";
import { nextMacrotask } from "../next-macrotask.ts";
import type { FrameInfo, GifStats, GifStep, SizeReduction } from "../public-types.ts";
import { TaskGif } from "../task-gif.ts";
import type { WorkerSession } from "../workers/worker-session.ts";
import type { EncodedGif } from "./attempt/plan-and-encode.ts";

/** Facts about an assembly besides the encoded GIF. */
export type AssemblyFacts = {
  /** Its screenshots and title card, by frame index. */
  frames: readonly Frame[];
  sessions: readonly WorkerSession[];
  workerChanges: GifStats["workerChanges"];
  /** Time of the request and of the end of each phase, by `performance.now()`. */
  times: { since: number; analyzed: number; planned: number };
  exclusions: Pick<GifStats, "blank" | "unwanted" | "skipped" | "warnings">;
  reduction: SizeReduction | undefined;
};

/** Approximate number of bytes copied in one task of the event loop. */
const COPIED_BYTES = 256_000;

/** Joins the blocks of an encoded GIF into a file: the phase `write`. A blob copies its parts, unless they are blobs. */
export async function toBlob({ plan, blocks }: EncodedGif): Promise<Blob> {
  const pieces: Blob[] = [];
  let part: Uint8Array[] = [];
  let bytes = 0;
  for (const block of [plan.header, ...blocks, plan.trailer]) {
    part.push(block);
    bytes += block.length;
    if (bytes < COPIED_BYTES) continue;
    pieces.push(new Blob(part as BlobPart[]));
    [part, bytes] = [[], 0];
    await nextMacrotask();
  }
  return new Blob([...pieces, ...(part as BlobPart[])], { type: "image/gif" });
}

/** Returns the result of an assembly. */
export function toTaskGif(blob: Blob, gif: EncodedGif, facts: AssemblyFacts): TaskGif {
  const { frames, sessions, times, exclusions, reduction } = facts;
  const now = performance.now();
  const { width, height } = gif.wasmOptions;
  const { durationMs, paletteKind } = gif.plan;
  const stats: GifStats = {
    decodeMs: times.analyzed - times.since,
    planMs: times.planned - times.analyzed,
    encodeMs: now - times.planned,
    totalMs: now - times.since,
    workers: sessions.length,
    workerChanges: facts.workerChanges,
    workerKind: sessions[0]!.kind,
    peakMemoryBytes: sessions.reduce((sum, session) => sum + session.memoryBytes, 0),
    inputBytes: [...new Set(frames.map(({ source }) => source))].reduce((sum, { size }) => sum + size, 0),
    outputBytes: blob.size,
    paletteKind,
    ...exclusions,
  };
  return new TaskGif({
    blob,
    source: "local",
    width,
    height,
    durationMs,
    frames: describeFrames(gif, frames),
    steps: stepsOf(gif, frames),
    stats,
    ...(reduction && { reduction }),
  });
}

/** Returns the frames of the file, each with the source indices of the screenshots that it shows. */
function describeFrames({ plan, blocks }: EncodedGif, frames: readonly Frame[]): FrameInfo[] {
  let startMs = 0;
  return plan.frames.map(({ index, delayMs, sources, ...planned }, planIndex) => {
    const { spec, delay = planned.delay } = frames[index]!;
    const shown = sources.map((frameIndex) => frames[frameIndex]!).filter(({ isCloseUp }) => !isCloseUp);
    const info: FrameInfo = {
      startMs,
      delayMs,
      ...(delay && { delay }),
      sources: shown.map(({ sourceIndex }) => sourceIndex).filter((sourceIndex) => sourceIndex !== CARD),
      ...(spec?.view && { view: spec.view }),
      bytes: blocks[planIndex]!.length,
    };
    startMs += delayMs;
    return info;
  });
}

/** Returns the steps of the screenshots that the file shows. */
function stepsOf({ plan }: EncodedGif, frames: readonly Frame[]): GifStep[] {
  return plan.frames.flatMap(({ sources }, frame) => {
    const shown = sources.map((frameIndex) => frames[frameIndex]!);
    // A close-up belongs to the step of its screenshot.
    const steps = shown.filter(({ sourceIndex, isCloseUp }) => sourceIndex !== CARD && !isCloseUp);
    return steps.map(({ step }) => ({ ...step, frame }));
  });
}
