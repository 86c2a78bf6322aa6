import { initSync, Lane, plan, probe } from "../../pkg/task_gif.js";
import type { WasmPayload } from "./protocol.ts";
import type { Plan, Probe, Wasm, WasmLane } from "./wasm-types.ts";

/** Instantiates the wasm on this thread. */
export function instantiate(wasm: WasmPayload): Wasm {
  const { memory } = initSync({ module: wasm as WebAssembly.Module | Uint8Array<ArrayBuffer> });
  return {
    newLane: (settings) => new Lane(settings) as WasmLane,
    probe: (bytes, limits) => probe(bytes, limits) as Probe,
    plan: (settings, stats, timing) => plan(settings, stats, timing) as Plan,
    memoryBytes: () => memory.buffer.byteLength,
  };
}
