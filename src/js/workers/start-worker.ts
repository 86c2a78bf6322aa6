import { describeError, TaskGifError } from "../task-gif-error.ts";
import type { FromWorker, ToWorker, WasmPayload } from "./protocol.ts";
import type { TransportFactory, WorkerTransport } from "./worker-transport.ts";

/** Time in ms after which a worker that has not loaded is given up and the next kind is tried. */
const START_MS = 20_000;

/** The sources of workers and of their wasm. */
export type WorkerSources = {
  /** Kinds of worker, best first. */
  factories: TransportFactory[];
  /** Returns the compiled module, or its bytes where a module cannot be posted. */
  wasm: (asBytes: boolean) => Promise<WasmPayload>;
};

/** Index of the first kind of worker that has started; kinds before it are not tried again. */
export type WorkingKind = { factory: number };

/** Events of a started worker. */
export type WorkerEvents = {
  /** The worker has sent a message. */
  message(message: FromWorker): void;
  /** The worker cannot be used any more. */
  error(message: string): void;
};

/**
 * Starts a worker of the first kind that works, and sends it the wasm. Once `isWanted` returns false, tries no further kind and
 * may resolve to `undefined`.
 *
 * @throws `TaskGifError` `WORKER_FAILED` if no kind starts, `WASM_FAILED` if the wasm does not.
 */
export async function startWorker(
  sources: WorkerSources,
  working: WorkingKind,
  events: WorkerEvents,
  isWanted: () => boolean,
): Promise<WorkerTransport | undefined> {
  const wasm = sources.wasm(false);
  wasm.catch(() => {}); // awaited below, once there is a worker to give it to
  const failures: string[] = [];
  for (let i = working.factory; i < sources.factories.length && isWanted(); i++) {
    const transport = await startKind(sources.factories[i]!, wasm, sources, events).catch((error: unknown) => {
      if (error instanceof TaskGifError) throw error;
      failures.push(describeError(error));
    });
    if (!transport) continue;
    working.factory = Math.max(working.factory, i);
    return transport;
  }
  if (!isWanted()) return undefined;
  throw new TaskGifError("WORKER_FAILED", `no kind of worker could be started: ${failures.join("; ")}`);
}

/** Starts a worker of one kind. Rejects if it does not start. */
async function startKind(
  factory: TransportFactory,
  wasm: Promise<WasmPayload>,
  sources: WorkerSources,
  events: WorkerEvents,
): Promise<WorkerTransport> {
  let isUp = false;
  let settle!: { resolve(reply: FromWorker): void; reject(error: unknown): void };
  const listen = () => {
    const answer = new Promise<FromWorker>((resolve, reject) => {
      settle = { resolve, reject };
    });
    answer.catch(() => {}); // a worker may fail before anything was sent to it
    return answer;
  };
  let answer = listen();
  const transport = await factory({
    message: (message) => (isUp ? events.message(message) : settle.resolve(message)),
    error: (message) => (isUp ? events.error(message) : settle.reject(new Error(message))),
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    // Some environments cannot post a module; all can post its bytes.
    for (const payload of [() => wasm, () => sources.wasm(true)]) {
      const message: ToWorker = { session: 0, id: 0, attempt: 0, type: "start", wasm: await payload() };
      timer ??= setTimeout(() => settle.reject(new Error(`a ${transport.kind} worker did not answer`)), START_MS);
      if (!wasPosted(transport, message)) continue;
      const reply = await answer;
      if (reply.type === "crash") throw failed(reply.message);
      if (reply.type === "started") {
        isUp = true;
        return transport;
      }
      answer = listen(); // the module was lost on the way
    }
    throw failed("it cannot be posted to a worker");
  } catch (error) {
    transport.terminate();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function wasPosted(transport: WorkerTransport, message: ToWorker): boolean {
  try {
    transport.post(message, []);
    return true;
  } catch {
    return false;
  }
}

function failed(reason: string): TaskGifError {
  const message = `the wasm did not start: ${reason}; check that it belongs to this version`;
  return new TaskGifError("WASM_FAILED", message);
}
