import type { Size } from "../frame.ts";
import type { FrameSpec, FrameTiming, Plan, ScreenshotComparison } from "../wasm-types.ts";
import type { CompareOptions, WasmOptions } from "./wasm-interface.ts";

/**
 * The messages between the calling thread and a worker. A session is one assembly's share of one worker. Requests of a session
 * are processed in order; each gets one reply with the same `id`. Notices get no reply.
 */

/** A compiled wasm module, or its bytes where a module cannot be posted. */
export type WasmPayload = WebAssembly.Module | Uint8Array;

/** A frame in a message: `id` identifies its posted picture, `index` is its frame index in the attempt. */
export type FrameRef = { id: number; index: number; spec?: FrameSpec };

/** A screenshot that is compared: its file and its redactions. */
export type ComparedScreenshot = { source: Blob; spec?: FrameSpec };

/** A request: a message with a reply. */
export type Request =
  | { type: "start"; wasm: WasmPayload }
  /** Reads the size of a screenshot from its header. */
  | { type: "probe"; source: Blob }
  /** Compares the screenshots of two runs, either of which may be missing. */
  | {
      type: "compare";
      screenshots: [ComparedScreenshot | undefined, ComparedScreenshot | undefined];
      options: CompareOptions;
    }
  /** Analyzes `frame`, after it has decoded the frames before it, `context`. If `frame` is larger than `maxSize`, the reply is `larger`. */
  | { type: "analyze"; frame: FrameRef; context: FrameRef[]; maxSize?: Size }
  | { type: "plan"; options: WasmOptions; stats: Uint8Array[]; timing: FrameTiming[] }
  /**
   * Encodes the frame at `index`. Its changed pixels are held by the session, or are `held`, which another session released, or
   * are computed again from the frames `redecode`.
   */
  | { type: "encode"; index: number; plan: Uint8Array; held?: Uint8Array; redecode?: FrameRef[] }
  /** Releases the changed pixels of a frame, which a worker with less work will encode. */
  | { type: "release"; index: number; plan: Uint8Array };

/** A notice: a message without a reply. */
export type Notice =
  /** Start to read the picture of a frame that a later request will need. */
  | { type: "read"; frame: number; source: Blob }
  /** Open a new session with these options. An older session with the same id is discarded. */
  | { type: "open"; attempt: number; options: WasmOptions }
  | { type: "close" };

/**
 * A message to the worker. `attempt` is the number of the attempt within the assembly: once the worker has received a message of
 * a later attempt, it answers queued requests of earlier ones with `stale`.
 */
export type ToWorker = { session: number } & ((Request & { id: number; attempt: number }) | Notice);

/** The reply to each request. */
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
 * The reply to a request that failed: a typed error; a trap, after which the worker cannot be used; or an attempt that is over.
 */
export type Failure =
  | { type: "error"; error: WireError }
  | { type: "crash"; message: string; index?: number }
  | { type: "stale" };

/** A message from the worker. */
export type FromWorker = { id: number; memoryBytes: number } & (Replies[keyof Replies] | Failure);

/** An error as a plain object, which every engine clones in the same way. */
export type WireError = { code: string; message: string; frame?: number };

/** Returns the typed error that wasm threw; `undefined` for anything else, such as a trap. */
export function toWireError(error: unknown): WireError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, frame } = error as { code?: unknown; frame?: unknown };
  if (typeof code !== "string") return undefined;
  return { code, message: error.message, ...(typeof frame === "number" && { frame }) };
}
