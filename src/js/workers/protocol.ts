import type { Size } from "../frame.ts";
import type { FrameSpec, FrameTiming, Plan, WasmOptions } from "../wasm-types.ts";

/**
 * What travels between the calling thread and a worker. A lane is one assembly's share of one worker; requests of a
 * lane are carried out in order, each answered by one reply with the same `id`. Notices are not answered.
 */

/** Compiled wasm, or its bytes where a module cannot be posted. */
export type WasmPayload = WebAssembly.Module | Uint8Array;

/** A screenshot as it travels: `frame` is a number of its own, `index` the position it has at the moment. */
export type FrameRef = { frame: number; index: number; spec?: FrameSpec };

/** Asks for work. */
export type Request =
  | { type: "start"; wasm: WasmPayload }
  /** Size of a screenshot, from its head. */
  | { type: "probe"; source: Blob }
  /** Phase A. `context`: frames to decode first, as the ones before. `most`: a larger frame is answered with `larger`. */
  | { type: "analyze"; job: FrameRef; context: FrameRef[]; most?: Size }
  /** Phase B. */
  | { type: "plan"; options: WasmOptions; stats: Uint8Array[]; timing: FrameTiming[] }
  /**
   * Phase C, for a frame that the lane holds; or that another lane has released, `held`; or that it must decode and
   * compare `again` first.
   */
  | { type: "encode"; index: number; plan: Uint8Array; held?: Uint8Array; again?: FrameRef[] }
  /** Phase C: give up a frame, since another worker has more time for it. */
  | { type: "release"; index: number; plan: Uint8Array };

/** Says something that needs no answer. */
export type Notice =
  /** Begin to read a screenshot that will be asked for. */
  | { type: "read"; frame: number; source: Blob }
  /** A fresh lane with these options; what an older one of this name holds or has queued is dropped. */
  | { type: "open"; options: WasmOptions }
  | { type: "close" };

/** To the worker. */
export type ToWorker = { lane: number } & ((Request & { id: number }) | Notice);

/** Answer to each request. */
export type Replies = {
  start: { type: "started" };
  probe: { type: "size"; width: number; height: number };
  analyze:
    | { type: "analyzed"; width: number; height: number; stats: Uint8Array }
    | { type: "larger"; width: number; height: number };
  plan: { type: "planned"; plan: Plan };
  encode: { type: "encoded"; block: Uint8Array } | { type: "missing" };
  release: { type: "released"; held: Uint8Array } | { type: "missing" };
};

/** Why a request was not carried out: a typed error; a trap, after which the worker is of no use; a lane that is gone. */
export type Failure =
  | { type: "error"; error: WireError }
  | { type: "crash"; message: string; index?: number }
  | { type: "stale" };

/** From the worker. */
export type FromWorker = { id: number; memoryBytes: number } & (Replies[keyof Replies] | Failure);

/** An error in a form that survives `postMessage` unharmed everywhere. */
export type WireError = { code: string; message: string; frame?: number };

/** The typed error that wasm threw, or `undefined` when it is anything else: a trap, or a fault of ours. */
export function toWireError(error: unknown): WireError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, frame } = error as { code?: unknown; frame?: unknown };
  if (typeof code !== "string") return undefined;
  return { code, message: error.message, ...(typeof frame === "number" && { frame }) };
}
