import { initSync, Lane, plan, probe } from "../../pkg/task_gif.js";
import type { WasmPayload } from "./protocol.ts";
import type { FrameSpec, Plan, Probe, Settings, Wasm, WasmLane } from "./wasm-types.ts";

/** Instantiates the wasm on this thread. */
export function instantiate(wasm: WasmPayload): Wasm {
  const { memory } = initSync({ module: wasm as WebAssembly.Module | Uint8Array<ArrayBuffer> });
  return {
    newLane,
    probe: (bytes, limits) => probe(bytes, limits) as Probe,
    plan: (settings, stats, timing) => plan(settings, stats, timing) as Plan,
    memoryBytes: () => memory.buffer.byteLength,
  };
}

function newLane(settings: Settings): WasmLane {
  const lane = new Lane(settings) as Lane & Pick<WasmLane, "release" | "adopt">;
  return {
    load: (index, bytes, spec) => lane.load(index, unredacted(bytes, spec)),
    analyze: (index, bytes, spec) => lane.analyze(index, unredacted(bytes, spec)),
    encode: (index, plan) => lane.encode(index, plan),
    release: (index, plan) => lane.release(index, plan),
    adopt: (index, plan, held) => lane.adopt(index, plan, held),
    holds: (index) => lane.holds(index),
    free: () => lane.free(),
  };
}

/** A picture with something to hide must not get into a GIF whole: what cannot be covered yet is refused. */
function unredacted(bytes: Uint8Array, spec: FrameSpec | undefined): Uint8Array {
  if (!spec?.redact?.length) return bytes;
  const message = "expected no areas to redact, since this version cannot cover any; cover them before";
  throw Object.assign(new Error(message), { code: "REDACTION_FAILED" });
}
