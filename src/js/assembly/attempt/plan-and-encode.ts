import { CARD, type Frame } from "../../frame.ts";
import type { Rect, Step } from "../../public-types.ts";
import type { Plan } from "../../wasm-types.ts";
import type { WasmOptions } from "../../workers/wasm-interface.ts";
import type { Attempt } from "./attempt.ts";
import { encodeFrames } from "./encode.ts";
import type { ProgressReporter } from "./progress.ts";

/** The parts of a GIF, and facts about the work. */
export type EncodedGif = {
  wasmOptions: WasmOptions;
  plan: Plan;
  /** Encoded frames by plan index. */
  blocks: Uint8Array[];
  /** Bytes of the file. */
  size: number;
  /** Number of frames that were decoded a second time, because their changed pixels did not fit into memory. */
  redecoded: number;
  /** Time at which the plan was made, by `performance.now()`. */
  plannedAt: number;
};

/** The step of a frame with its close-up, which this frame or the next one shows. */
function withView(step: Step, frames: readonly Frame[], frameIndex: number): Step & { view?: Rect } {
  const next = frames[frameIndex + 1];
  const view = frames[frameIndex]!.spec?.view ?? (next?.isCloseUp ? next.spec?.view : undefined);
  return view ? { ...step, view } : step;
}

/** The phase `plan`. All frames must have been analyzed. */
export async function planFrames(attempt: Attempt, options: WasmOptions, progress: ProgressReporter): Promise<Plan> {
  progress.at("plan", 0, 1);
  const stats = attempt.stats as Uint8Array[];
  const timing = attempt.frames.map(({ sourceIndex, timing, step, isCloseUp }, i) => ({
    ...timing,
    ...(options.maxDuration !== undefined && step.failed && { failed: true }),
    ...(options.embedSteps && sourceIndex !== CARD && !isCloseUp && { step: withView(step, attempt.frames, i) }),
  }));
  // The number of screenshots was checked before, and frames may have been left out since then.
  const minFrames = Math.min(options.minFrames, stats.length);
  const { plan } = await attempt.ask(attempt.sessions[0]!, {
    type: "plan",
    options: { ...options, minFrames },
    stats,
    timing,
  });
  progress.at("plan", 1, 1);
  return plan;
}

/**
 * The phases `plan` and `encode`. All frames must have been analyzed. Resolves to `undefined` as soon as it is certain that the
 * file has more than `maxBytes` bytes.
 */
export async function planAndEncode(
  attempt: Attempt,
  wasmOptions: WasmOptions,
  progress: ProgressReporter,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<EncodedGif | undefined> {
  const plan = await planFrames(attempt, wasmOptions, progress);
  const plannedAt = performance.now();
  const rest = plan.header.length + plan.trailer.length;
  let done = 0;
  const onEncoded = () => {
    done++;
    if (done < plan.frames.length) progress.at("encode", done, plan.frames.length);
  };
  const encoded = await encodeFrames(plan.frames, attempt, onEncoded, maxBytes - rest);
  return encoded && { wasmOptions, plan, plannedAt, ...encoded, size: rest + encoded.bytes };
}
