import { CARD } from "../frame.ts";
import type { FrameInfo, GifStats } from "../types.ts";
import type { Plan, WasmOptions } from "../wasm-types.ts";
import type { Lane } from "../workers/lane.ts";
import type { Analyzer } from "./analyze.ts";
import { encodeFrames } from "./encode.ts";
import type { ProgressReporter } from "./progress.ts";

/** A GIF in its parts, and what it took. */
export type EncodedGif = {
  wasmOptions: WasmOptions;
  plan: Plan;
  blocks: Uint8Array[];
  /** Bytes of the file. */
  size: number;
  /** Frames that had to be decoded a second time, since there was no room to keep their changed pixels. */
  redecoded: number;
  /** When the plan was there, by the clock of `performance.now`. */
  plannedAt: number;
};

/**
 * Phases B and C on frames that are all analyzed. Gives up, and resolves to `undefined`, as soon as the file is sure to
 * have more than `most` bytes.
 */
export async function planAndEncode(
  wasmOptions: WasmOptions,
  lanes: readonly Lane[],
  analyzer: Analyzer,
  progress: ProgressReporter,
  most = Number.POSITIVE_INFINITY,
): Promise<EncodedGif | undefined> {
  progress.at("plan", 0, 1);
  const stats = analyzer.stats as Uint8Array[];
  const timing = analyzer.frames.map(({ sourceIndex, timing, step }) =>
    wasmOptions.embedSteps && sourceIndex !== CARD ? { ...timing, step } : timing,
  );
  const { plan } = await lanes[0]!.ask({ type: "plan", options: wasmOptions, stats, timing });
  progress.at("plan", 1, 1);
  const plannedAt = performance.now();
  const rest = plan.header.length + plan.trailer.length;
  let done = 0;
  const report = () => {
    done++;
    if (done < plan.frames.length) progress.at("encode", done, plan.frames.length);
  };
  const encoded = await encodeFrames(plan.frames, lanes, analyzer, report, most - rest);
  return encoded && { wasmOptions, plan, plannedAt, ...encoded, size: rest + encoded.bytes };
}

/** The file. */
export function blobOf({ plan, blocks }: EncodedGif): Blob {
  return new Blob([plan.header, ...blocks, plan.trailer] as BlobPart[], { type: "image/gif" });
}

/** What there is to say of each frame of the file. */
export function describeFrames({ plan, blocks }: EncodedGif, analyzer: Analyzer): FrameInfo[] {
  let startMs = 0;
  return plan.frames.map(({ delayMs, delay, sources }, place) => {
    const sourceIndex = sources.map((position) => analyzer.frames[position]!.sourceIndex);
    const shown = sourceIndex.filter((position) => position !== CARD);
    const bytes = blocks[place]!.length;
    const info: FrameInfo = { startMs, delayMs, ...(delay && { delay }), sources: shown, bytes };
    startMs += delayMs;
    return info;
  });
}

/** What there is to say of screenshots at `sourceIndices`, whose files are damaged. */
export function damageWarnings(sourceIndices: number[]): GifStats["warnings"] {
  if (sourceIndices.length === 0) return [];
  const which = sourceIndices.length === 1 ? "screenshot" : "screenshots";
  const found = `${which} ${sourceIndices.join(", ")}: the file is damaged, and parts of the picture are gray or wrong`;
  return [{ code: "DAMAGED_SCREENSHOT", message: `${found}, as in browsers; take it again or leave it out` }];
}

/** The part of the statistics that is about the workers and their input. */
export function describeWork(
  lanes: readonly Lane[],
  { frames }: Analyzer,
): Pick<GifStats, "workers" | "workerKind" | "peakMemoryBytes" | "inputBytes"> {
  return {
    workers: lanes.length,
    workerKind: lanes[0]!.kind,
    peakMemoryBytes: lanes.reduce((sum, lane) => sum + lane.memoryBytes, 0),
    inputBytes: frames.reduce((sum, { source }) => sum + source.size, 0),
  };
}
