import { CARD } from "../../frame.ts";
import type { Plan } from "../../wasm-types.ts";
import type { WasmOptions } from "../../workers/wasm-interface.ts";
import type { Attempt } from "./attempt.ts";
import { encodeFrames } from "./encode.ts";
import type { ProgressReporter } from "./progress.ts";

/** A GIF in its parts, and what it took. */
export type EncodedGif = {
  wasmOptions: WasmOptions;
  plan: Plan;
  /** Encoded frames by plan index. */
  blocks: Uint8Array[];
  /** Bytes of the file. */
  size: number;
  /** Frames that had to be decoded a second time, since there was no room to keep their changed pixels. */
  redecoded: number;
  /** When the plan was there, by the clock of `performance.now`. */
  plannedAt: number;
};

/**
 * The phases `plan` and `encode`, on frames that are all analyzed. Resolves to `undefined` as soon as the file is sure to
 * have more than `maxBytes` bytes.
 */
export async function planAndEncode(
  attempt: Attempt,
  wasmOptions: WasmOptions,
  progress: ProgressReporter,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<EncodedGif | undefined> {
  progress.at("plan", 0, 1);
  const stats = attempt.stats as Uint8Array[];
  const timing = attempt.frames.map(({ sourceIndex, timing, step }) =>
    wasmOptions.embedSteps && sourceIndex !== CARD ? { ...timing, step } : timing,
  );
  const { plan } = await attempt.ask(attempt.sessions[0]!, { type: "plan", options: wasmOptions, stats, timing });
  progress.at("plan", 1, 1);
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
