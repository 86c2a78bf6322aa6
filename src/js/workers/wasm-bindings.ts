import { compareScreenshots, initSync, plan, probe, WorkerSession } from "../../../pkg/task_gif.js";
import type { Plan, Probe, ScreenshotComparison } from "../wasm-types.ts";
import type { WasmPayload } from "./protocol.ts";
import type { Wasm, WasmOptions, WasmSession } from "./wasm-interface.ts";

/** Instantiates the wasm on this thread. */
export function instantiate(wasm: WasmPayload): Wasm {
  const { memory } = initSync({ module: wasm as WebAssembly.Module | Uint8Array<ArrayBuffer> });
  return {
    newSession,
    probe: (bytes, limits) => probe(bytes, limits) as Probe,
    plan: (options, stats, timing) => plan(options, stats, timing) as Plan,
    compare: (left, right, options) =>
      compareScreenshots(left?.bytes, left?.spec, right?.bytes, right?.spec, options) as ScreenshotComparison,
    memoryBytes: () => memory.buffer.byteLength,
  };
}

function newSession(options: WasmOptions): WasmSession {
  const session = new WorkerSession(options) as WorkerSession & Pick<WasmSession, "release" | "adopt">;
  return {
    load: (index, bytes, spec) => session.load(index, bytes, spec),
    analyze: (index, bytes, spec) => session.analyze(index, bytes, spec),
    analyzeAgain: (index, bytes, spec) => session.analyzeAgain(index, bytes, spec),
    encode: (index, plan) => session.encode(index, plan),
    release: (index, plan) => session.release(index, plan),
    adopt: (index, plan, held) => session.adopt(index, plan, held),
    holds: (index) => session.holds(index),
    free: () => session.free(),
  };
}
