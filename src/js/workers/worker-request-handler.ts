import { describeError } from "../task-gif-error.ts";
import type { Failure, FrameRef, FromWorker, Replies, Request, ToWorker, WasmPayload } from "./protocol.ts";
import { toWireError, type WireError } from "./protocol.ts";
import type { Wasm, WasmOptions, WasmSession } from "./wasm-interface.ts";

/** Bytes at the start of a file that nearly always contain its size. */
const HEAD_BYTES = 65536;

type HostedSession = {
  wasm: WasmSession | undefined;
  limits: WasmOptions["limits"];
  /** Index of the frame that the session decoded last. */
  last: number | undefined;
  /** Highest attempt number of any message. Requests of earlier attempts are stale. */
  attempt: number;
  isClosed: boolean;
};

/** A posted screenshot, and its bytes while they are read or wait to be used. */
type Handed = { source: Blob; bytes: Promise<Uint8Array<ArrayBuffer>> | undefined };

type Reply = Replies[keyof Replies] | Failure;

type Attempted<R extends Request> = R & { attempt: number };

/**
 * The worker's side of the protocol: processes requests one by one, and reads the screenshots of later requests ahead. It does not
 * depend on the kind of worker or the source of the wasm.
 */
export class WorkerRequestHandler {
  #wasm: Wasm | undefined;
  readonly #sessions = new Map<number, HostedSession>();
  /** Screenshots by session and frame. */
  readonly #handed = new Map<number, Map<number, Handed>>();
  #tail: Promise<void> = Promise.resolve();

  constructor(
    private readonly load: (wasm: WasmPayload) => Wasm | Promise<Wasm>,
    private readonly post: (reply: FromWorker, transfer: Transferable[]) => void,
    /** Lets other tasks run before the next request, if the handler runs on the calling thread. */
    private readonly pause?: () => Promise<void>,
  ) {}

  /** Handles one message. */
  handle(message: ToWorker): void {
    const { session } = message;
    switch (message.type) {
      case "read":
        this.#read(session, message.frame, message.source);
        break;
      case "open":
        this.#open(session, message.attempt, message.options);
        break;
      case "close":
        this.#close(session);
        break;
      default: {
        const opened = this.#sessions.get(session);
        if (opened) opened.attempt = Math.max(opened.attempt, message.attempt);
        this.#tail = this.#tail.then(() => this.#answer(message, session));
      }
    }
  }

  #read(session: number, frame: number, source: Blob): void {
    let frames = this.#handed.get(session);
    if (!frames) {
      frames = new Map();
      this.#handed.set(session, frames);
    }
    if (frames.get(frame)?.bytes) return;
    const bytes = readBlob(source);
    bytes.catch(() => {}); // reported when the frame's turn comes
    frames.set(frame, { source, bytes });
  }

  #open(id: number, attempt: number, options: WasmOptions): void {
    this.#free(id);
    const session: HostedSession = {
      wasm: undefined,
      limits: options.limits,
      last: undefined,
      attempt,
      isClosed: false,
    };
    this.#sessions.set(id, session);
    // Queued: `start` may not be finished, and the memory of the session before is not free until then.
    this.#tail = this.#tail.then(() => {
      if (!session.isClosed) session.wasm = this.#wasm?.newSession(options);
    });
  }

  #close(id: number): void {
    this.#free(id);
    this.#sessions.delete(id);
    this.#handed.delete(id);
  }

  #free(id: number): void {
    const session = this.#sessions.get(id);
    if (!session) return;
    session.isClosed = true;
    session.wasm?.free();
  }

  /** Returns the session of a request; `undefined` if it was closed, or a later attempt has begun. */
  #current(id: number, { attempt }: { attempt: number }): HostedSession | undefined {
    const session = this.#sessions.get(id);
    return session?.attempt === attempt ? session : undefined;
  }

  async #answer(request: Request & { id: number; attempt: number }, sessionId: number): Promise<void> {
    await this.pause?.();
    let reply: Reply;
    const transfer: Transferable[] = [];
    try {
      reply = await this.#carryOut(request, sessionId);
      if (reply.type === "compared" && reply.comparison.picture) transfer.push(reply.comparison.picture.buffer);
      if (reply.type === "analyzed") transfer.push(reply.stats.buffer);
      if (reply.type === "encoded") transfer.push(reply.block.buffer);
      if (reply.type === "released") transfer.push(reply.held.buffer);
    } catch (error) {
      reply = failure(error, request);
    }
    this.post({ ...reply, id: request.id, memoryBytes: this.#wasm?.memoryBytes() ?? 0 }, transfer);
  }

  async #carryOut(request: Attempted<Request>, id: number): Promise<Reply> {
    if (request.type === "start") {
      this.#wasm = await this.load(request.wasm);
      return { type: "started" };
    }
    const wasm = this.#wasm;
    if (!wasm) throw new Error("the worker was given work before it was started");
    if (request.type === "probe") {
      const { width, height } = await probeBlob(wasm, request.source);
      return { type: "size", width, height };
    }
    if (request.type === "plan") {
      return { type: "planned", plan: wasm.plan(request.options, request.stats, request.timing) };
    }
    if (request.type === "compare") return compare(wasm, request);
    const session = this.#current(id, request);
    if (!session) return { type: "stale" };
    if (request.type === "analyze") return this.#analyze(wasm, id, session, request);
    if (request.type === "encode") return this.#encode(id, session, request);
    if (!session.wasm?.holds(request.index)) return { type: "missing" };
    return { type: "released", held: session.wasm.release(request.index, request.plan) };
  }

  async #analyze(
    wasm: Wasm,
    id: number,
    session: HostedSession,
    request: Attempted<Request & { type: "analyze" }>,
  ): Promise<Reply> {
    const { frame, context, maxSize } = request;
    // The request was sent before the caller knew that the frame before failed.
    if (context.length === 0 && frame.index > 0 && session.last !== frame.index - 1) return { type: "stale" };
    for (const before of context) {
      const bytes = await this.#take(id, before);
      if (!this.#current(id, request)) return { type: "stale" };
      see(session, before, (into) => into.load(before.index, bytes, before.spec));
    }
    const bytes = await this.#take(id, frame);
    if (!this.#current(id, request)) return { type: "stale" };
    // A title card has no size of its own.
    const { width, height } =
      frame.spec?.blank === undefined ? probeBytes(wasm, bytes, session.limits) : { width: 0, height: 0 };
    if (maxSize && (width > maxSize.width || height > maxSize.height)) return { type: "larger", width, height };
    const stats = see(session, frame, (into) => into.analyze(frame.index, bytes, frame.spec));
    return { type: "analyzed", width, height, stats };
  }

  async #encode(id: number, session: HostedSession, request: Attempted<Request & { type: "encode" }>): Promise<Reply> {
    const { index, plan, held, redecode = [] } = request;
    if (held) session.wasm?.adopt(index, plan, held);
    // Consecutive frames that are analyzed again need mostly the same frames before them.
    const isNext = session.last === index - 1;
    for (const frame of redecode) {
      if (isNext && frame.index < index) {
        this.#drop(id, frame);
        continue;
      }
      const how = frame.index < index ? "load" : "analyzeAgain";
      const bytes = await this.#take(id, frame);
      if (!this.#current(id, request)) return { type: "stale" };
      see(session, frame, (into) => into[how](frame.index, bytes, frame.spec));
    }
    if (!session.wasm?.holds(index)) return { type: "missing" };
    return { type: "encoded", block: session.wasm.encode(index, plan) };
  }

  /** Discards the bytes of a picture that are not needed. */
  #drop(session: number, frame: FrameRef): void {
    const handed = this.#handed.get(session)?.get(frame.id);
    if (handed) handed.bytes = undefined;
  }

  /** Returns the bytes of a posted screenshot and forgets them, since few are needed twice. */
  async #take(session: number, { id, index }: FrameRef): Promise<Uint8Array<ArrayBuffer>> {
    const handed = this.#handed.get(session)?.get(id);
    if (!handed) throw new Error(`screenshot ${index} was not handed over before it was needed`);
    const bytes = handed.bytes ?? readBlob(handed.source);
    handed.bytes = undefined;
    return bytes.catch((error: unknown) => {
      throw Object.assign(error as Error, { frame: index });
    });
  }
}

/** Decodes a frame in a session. Typed errors get the index of this frame. */
function see<T>(session: HostedSession, { index }: FrameRef, decode: (into: WasmSession) => T): T {
  if (!session.wasm) throw new Error("the session was given work before it was opened");
  try {
    session.last = undefined;
    const result = decode(session.wasm);
    session.last = index;
    return result;
  } catch (error) {
    if (toWireError(error)) Object.assign(error as Error, { frame: index });
    throw error;
  }
}

/** Reads a blob. A file that changed or was removed after the user picked it is an error of the screenshot. */
async function readBlob(source: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await source.arrayBuffer());
  } catch (error) {
    throw Object.assign(new Error(`the screenshot could not be read: ${describeError(error)}; give its bytes again`), {
      code: "UNREADABLE",
    });
  }
}

async function compare(wasm: Wasm, { screenshots, options }: Request & { type: "compare" }): Promise<Reply> {
  const [left, right] = await Promise.all(
    [0, 1].map(async (side) => {
      const screenshot = screenshots[side];
      if (!screenshot) return undefined;
      const bytes = await readBlob(screenshot.source).catch((error: unknown) => {
        throw Object.assign(error as Error, { frame: side });
      });
      return { bytes, ...(screenshot.spec && { spec: screenshot.spec }) };
    }),
  );
  return { type: "compared", comparison: wasm.compare(left, right, options) };
}

async function probeBlob(wasm: Wasm, source: Blob): Promise<{ width: number; height: number }> {
  if (source.size > HEAD_BYTES) {
    try {
      return wasm.probe(await readBlob(source.slice(0, HEAD_BYTES)), {});
    } catch (error) {
      if (!toWireError(error)) throw error;
    }
  }
  return wasm.probe(await readBlob(source), {});
}

function probeBytes(wasm: Wasm, bytes: Uint8Array, limits: HostedSession["limits"]): { width: number; height: number } {
  if (bytes.length > HEAD_BYTES) {
    try {
      return wasm.probe(bytes.subarray(0, HEAD_BYTES), limits);
    } catch (error) {
      if (!toWireError(error)) throw error;
    }
  }
  return wasm.probe(bytes, limits);
}

/** Returns the reply for an error. After anything but a typed error, such as a trap, the instance is in an unknown state. */
function failure(error: unknown, request: Request): Failure {
  const wire: WireError | undefined = toWireError(error);
  if (wire) return { type: "error", error: { frame: frameIndexOf(request), ...wire } };
  const index = frameIndexOf(request);
  return { type: "crash", message: describeError(error), ...(index !== undefined && { index }) };
}

function frameIndexOf(request: Request): number | undefined {
  if (request.type === "analyze") return request.frame.index;
  return request.type === "encode" || request.type === "release" ? request.index : undefined;
}
