import type { Frame, Size } from "../../frame.ts";
import type { FrameSpec } from "../../wasm-types.ts";
import type { FrameRef, Replies, Request } from "../../workers/protocol.ts";
import type { WasmOptions } from "../../workers/wasm-interface.ts";
import type { WorkerSession } from "../../workers/worker-session.ts";

/** Thrown by the work of an attempt that is over: another one has begun, or the assembly has ended. */
export class AttemptEnded extends Error {}

/** Options of an attempt. */
type AttemptParts = {
  sessions: readonly WorkerSession[];
  frames: readonly Frame[];
  /** Returns the redactions, markers and overlays of a frame. */
  specOf: (frame: Frame) => FrameSpec | undefined;
  /** Whether the attempt is for a smaller GIF, with other frames or another size than the options ask for. */
  isTrial: boolean;
  /** Results of the attempt before that are kept, for the frame indices [0, stats.length). */
  analyzed?: { stats: Uint8Array[]; owners: WorkerSession[] };
};

/**
 * One attempt at a GIF: these frames in this order, on these sessions, with these wasm options. A larger screenshot, a lost
 * worker, an unreadable frame, another order or another size end the attempt and begin the next one.
 *
 * The attempt alone decides whether an answer is still valid. Every request has the number of its attempt. A worker discards
 * queued requests of an attempt when it receives one of a later attempt, and callers that wait for an answer get `AttemptEnded`.
 */
export class Attempt {
  /** The frames in the order in which they are shown. A recording adds frames. */
  readonly frames: Frame[];
  /** Statistics for the plan by frame index; a hole is a frame that is not analyzed yet. */
  readonly stats: (Uint8Array | undefined)[];
  /** The session that holds the changed pixels of each frame, by frame index. */
  readonly owners: (WorkerSession | undefined)[];
  /** Whether the attempt is for a smaller GIF than the options ask for. */
  readonly isTrial: boolean;
  /** Whether the size of the screen is known, or is being determined. */
  isStarted = false;
  #wasmOptions: WasmOptions | undefined;
  #maxSize: Size | undefined;
  #sessions: readonly WorkerSession[];
  #analyzed: number;
  readonly #specOf: AttemptParts["specOf"];
  readonly #over = new AbortController();

  constructor(
    /** Counts the attempts of an assembly from 1. */
    readonly number: number,
    { sessions, frames, specOf, isTrial, analyzed = { stats: [], owners: [] } }: AttemptParts,
  ) {
    this.isTrial = isTrial;
    this.#specOf = specOf;
    this.#sessions = sessions;
    this.frames = [...frames];
    this.stats = analyzed.stats;
    this.owners = analyzed.owners;
    this.#analyzed = analyzed.stats.length;
  }

  /** Number of worker sessions. */
  get sessions(): readonly WorkerSession[] {
    return this.#sessions;
  }

  /** The wasm options that the sessions were opened with. */
  get wasmOptions(): WasmOptions | undefined {
    return this.#wasmOptions;
  }

  /** Number of frames that have not been analyzed. */
  get pending(): number {
    return this.frames.length - this.#analyzed;
  }

  /** Aborted when the attempt is over. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** Opens a fresh session on every worker. A frame larger than `maxSize` is reported instead of analyzed. */
  open(wasmOptions: WasmOptions, maxSize?: Size): void {
    this.isStarted = true;
    this.#wasmOptions = wasmOptions;
    this.#maxSize = maxSize;
    for (const session of this.#sessions) session.notify({ type: "open", attempt: this.number, options: wasmOptions });
  }

  /** Adds a session; only after `open`. */
  addSession(session: WorkerSession): void {
    this.#sessions = [...this.#sessions, session];
    if (this.#wasmOptions) session.notify({ type: "open", attempt: this.number, options: this.#wasmOptions });
  }

  /** Releases all sessions but the first `count`; only before `open`. */
  keepSessions(count: number): void {
    for (const session of this.#sessions.slice(count)) session.close();
    this.#sessions = this.#sessions.slice(0, count);
  }

  /** Replaces the frames; only before `open`, while no request has named a frame index. */
  replaceFrames(frames: readonly Frame[]): void {
    this.frames.splice(0, this.frames.length, ...frames);
  }

  /**
   * Returns the next attempt on the same open sessions, with other frames. Frames before the first difference are not analyzed
   * again.
   */
  withFrames(number: number, frames: readonly Frame[]): Attempt {
    let kept = 0;
    while (kept < frames.length && frames[kept] === this.frames[kept] && this.stats[kept]) kept++;
    const analyzed = { stats: this.stats.slice(0, kept), owners: this.owners.slice(0, kept) };
    const next = new Attempt(number, {
      sessions: this.#sessions,
      frames,
      specOf: this.#specOf,
      isTrial: this.isTrial,
      analyzed: analyzed as NonNullable<AttemptParts["analyzed"]>,
    });
    next.isStarted = true;
    next.#wasmOptions = this.#wasmOptions;
    next.#maxSize = this.#maxSize;
    return next;
  }

  /** Sends a request to a session. Rejects with `AttemptEnded` if the attempt ends before the answer arrives. */
  async ask<R extends Request>(
    session: WorkerSession,
    request: R,
    transfer: Transferable[] = [],
  ): Promise<Replies[R["type"]]> {
    this.throwIfOver();
    try {
      return await session.ask(request, this.number, transfer);
    } finally {
      this.throwIfOver();
    }
  }

  /** Requests a session to analyze the frame at `frameIndex`, after it has decoded the frames at the indices `context`. */
  analyze(session: WorkerSession, frameIndex: number, context: readonly number[]): Promise<Replies["analyze"]> {
    return this.ask(session, {
      type: "analyze",
      frame: this.frameRef(frameIndex),
      context: context.map((before) => this.frameRef(before)),
      ...(this.#maxSize && { maxSize: this.#maxSize }),
    });
  }

  /** Stores the result of an analysis. */
  keep(frameIndex: number, session: WorkerSession, stats: Uint8Array): void {
    this.stats[frameIndex] = stats;
    this.owners[frameIndex] = session;
    this.#analyzed++;
  }

  /** Returns the frame at `frameIndex` as it is sent to a worker. */
  frameRef(frameIndex: number): FrameRef {
    const frame = this.frames[frameIndex]!;
    const spec = this.#specOf(frame);
    return { id: frame.id, index: frameIndex, ...(spec && { spec }) };
  }

  /** Ends the attempt: requests in flight are dropped. */
  end(): void {
    this.#over.abort();
  }

  /** @throws `AttemptEnded` when the attempt is over. */
  throwIfOver(): void {
    if (this.signal.aborted) throw new AttemptEnded("another attempt has begun");
  }
}
