import { initSync, Lane, plan, probe } from "../../../pkg/task_gif.js";
import type { Plan, Probe } from "../wasm-types.ts";
import type { WasmPayload } from "./protocol.ts";
import type { Wasm, WasmLane, WasmOptions } from "./wasm-interface.ts";

/** Instantiates the wasm on this thread. */
export function instantiate(wasm: WasmPayload): Wasm {
  const { memory } = initSync({ module: wasm as WebAssembly.Module | Uint8Array<ArrayBuffer> });
  return {
    newLane,
    probe: (bytes, limits) => probe(bytes, limits) as Probe,
    plan: (options, stats, timing) => plan(options, stats, timing) as Plan,
    memoryBytes: () => memory.buffer.byteLength,
  };
}

function newLane(options: WasmOptions): WasmLane {
  const lane = new Lane(options) as Lane & Pick<WasmLane, "release" | "adopt">;
  return {
    load: (index, bytes, spec) => lane.load(index, bytes, spec),
    analyze: (index, bytes, spec) => lane.analyze(index, bytes, spec),
    analyzeAgain: (index, bytes, spec) => lane.analyzeAgain(index, bytes, spec),
    encode: (index, plan) => lane.encode(index, plan),
    release: (index, plan) => lane.release(index, plan),
    adopt: (index, plan, held) => lane.adopt(index, plan, held),
    holds: (index) => lane.holds(index),
    free: () => lane.free(),
  };
}
