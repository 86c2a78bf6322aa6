import type { Size } from "../frame.ts";
import type { FrameSpec, FrameTiming, Plan, ScreenshotComparison } from "../wasm-types.ts";
import type { CompareOptions, WasmOptions } from "./wasm-interface.ts";

/**
 * The messages between the calling thread and a worker. A session is one assembly's share of one worker; requests of a session are
 * carried out in order, each answered by one reply with the same `id`. Notices are not answered.
 */

/** Compiled wasm, or its bytes where a module cannot be posted. */
export type WasmPayload = WebAssembly.Module | Uint8Array;

/** A frame as a worker is told of it: `id` names its posted picture, `index` is its frame index in this attempt. */
export type FrameRef = { id: number; index: number; spec?: FrameSpec };

/** A screenshot that is compared: its file, and what is hidden of it. */
export type ComparedScreenshot = { source: Blob; spec?: FrameSpec };

/** Asks for work. */
export type Request =
  | { type: "start"; wasm: WasmPayload }
  /** Size of a screenshot, from its head. */
  | { type: "probe"; source: Blob }
  /** Compares the screenshots of two runs, either of which may be missing. */
  | {
      type: "compare";
      screenshots: [ComparedScreenshot | undefined, ComparedScreenshot | undefined];
      options: CompareOptions;
    }
  /** Decodes and compares `frame`, after decoding the frames before it, `context`. One above `maxSize` is `larger`. */
  | { type: "analyze"; frame: FrameRef; context: FrameRef[]; maxSize?: Size }
  | { type: "plan"; options: WasmOptions; stats: Uint8Array[]; timing: FrameTiming[] }
  /**
   * Encodes the frame at `index`, whose changed pixels the session holds; or another session has released, `held`; or the session
   * makes again from the frames `redecode`.
   */
  | { type: "encode"; index: number; plan: Uint8Array; held?: Uint8Array; redecode?: FrameRef[] }
  /** Gives the changed pixels of a frame away, since another worker has more time for it. */
  | { type: "release"; index: number; plan: Uint8Array };

/** Says something that needs no answer. */
export type Notice =
  /** Begin to read the picture of a frame that will be asked for. */
  | { type: "read"; frame: number; source: Blob }
  /** Open a fresh session with these options; what an older one of this name holds is dropped. */
  | { type: "open"; attempt: number; options: WasmOptions }
  | { type: "close" };

/**
 * To the worker. `attempt` counts the attempts of the session's assembly: once the worker has heard of a later one, it answers
 * what is queued of earlier ones with `stale`.
 */
export type ToWorker = { session: number } & ((Request & { id: number; attempt: number }) | Notice);

/** Answer to each request. */
export type Replies = {
  start: { type: "started" };
  probe: { type: "size"; width: number; height: number };
  compare: { type: "compared"; comparison: ScreenshotComparison };
  analyze:
    | { type: "analyzed"; width: number; height: number; stats: Uint8Array }
    | { type: "larger"; width: number; height: number };
  plan: { type: "planned"; plan: Plan };
  encode: { type: "encoded"; block: Uint8Array } | { type: "missing" };
  release: { type: "released"; held: Uint8Array } | { type: "missing" };
};

/**
 * Why a request was not carried out: a typed error; a trap, after which the worker is of no use; an attempt that is over.
 */
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
