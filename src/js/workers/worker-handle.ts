import { describeError, TaskGifError } from "../errors.ts";
import type { WorkerKind } from "../types.ts";
import { LaneLost } from "./lane-lost-error.ts";
import type { FromWorker, Request, ToWorker, WasmPayload } from "./protocol.ts";
import type { TransportFactory, WorkerTransport } from "./worker-transport.ts";

/** How long a worker may take to load before the next kind is tried. */
const START_MS = 20_000;

/** What the pool gets its workers and their wasm from. */
export type PoolParts = {
  /** Kinds of worker, best first. */
  factories: TransportFactory[];
  /** The compiled module; bytes on request, for where a module cannot be posted. */
  wasm: (asBytes: boolean) => Promise<WasmPayload>;
  /** How long workers stay after the last lane has closed. */
  idleMs: number;
};

/** A request that has not been answered. */
type Pending = { lane: number; resolve: (reply: FromWorker) => void; reject: (error: unknown) => void };

/** One worker and the lanes on it. */
export class WorkerHandle {
  /** Lanes by id; those of a worker that is gone are told by `lost`. */
  readonly lanes = new Map<number, { lost: boolean }>();
  readonly pending = new Map<number, Pending>();
  kind: WorkerKind | undefined;
  memoryBytes = 0;
  #transport: WorkerTransport | undefined;
  /** Messages from before the worker was ready. */
  #queue: [ToWorker, Transferable[]][] | undefined = [];
  #nextRequest = 1;
  #stopped = false;

  constructor(
    parts: PoolParts,
    works: { factory: number },
    private readonly gone: () => void,
  ) {
    this.#start(parts, works).catch((error: unknown) => this.stop(() => error));
  }

  send(message: ToWorker, transfer: Transferable[] = []): void {
    if (this.#stopped) return;
    if (this.#queue) this.#queue.push([message, transfer]);
    else this.#transport?.post(message, transfer);
  }

  request(
    lane: number,
    request: Request & { attempt: number },
    transfer: Transferable[],
    pending: Omit<Pending, "lane">,
  ): void {
    const id = this.#nextRequest++;
    this.pending.set(id, { lane, ...pending });
    this.send({ lane, id, ...request }, transfer);
    this.#hold();
  }

  /** Tells the process whether it must wait for this worker. */
  #hold(): void {
    this.#transport?.hold(this.pending.size > 0);
  }

  /** Ends the worker; what its lanes wait for fails with what `reason` makes of the lane. */
  stop(reason: (lane: number) => unknown): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#transport?.terminate();
    this.gone();
    for (const lane of this.lanes.values()) lane.lost = true;
    for (const { lane, reject } of this.pending.values()) reject(reason(lane));
    this.pending.clear();
  }

  async #start(parts: PoolParts, works: { factory: number }): Promise<void> {
    const wasm = parts.wasm(false);
    wasm.catch(() => {}); // awaited below, once there is a worker to give it to
    const failures: string[] = [];
    for (let i = works.factory; i < parts.factories.length; i++) {
      const transport = await this.#try(parts.factories[i]!, wasm, parts).catch((error: unknown) => {
        if (error instanceof TaskGifError) throw error;
        failures.push(describeError(error));
      });
      if (this.#stopped) return transport?.terminate();
      if (!transport) continue;
      works.factory = Math.max(works.factory, i);
      this.#transport = transport;
      this.kind = transport.kind;
      const queue = this.#queue ?? [];
      this.#queue = undefined;
      for (const [message, transfer] of queue) transport.post(message, transfer);
      return this.#hold();
    }
    throw new TaskGifError("WORKER_FAILED", `no kind of worker could be started: ${failures.join("; ")}`);
  }

  /** Starts a worker of one kind; rejects when it does not come up. */
  async #try(factory: TransportFactory, wasm: Promise<WasmPayload>, parts: PoolParts): Promise<WorkerTransport> {
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
      message: (message) => (isUp ? this.#receive(message) : settle.resolve(message)),
      error: (message) => (isUp ? this.#crash(message) : settle.reject(new Error(message))),
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      // A module cannot be posted everywhere; its bytes can.
      for (const payload of [() => wasm, () => parts.wasm(true)]) {
        const message: ToWorker = { lane: 0, id: 0, attempt: 0, type: "start", wasm: await payload() };
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

  #receive(message: FromWorker): void {
    this.memoryBytes = Math.max(this.memoryBytes, message.memoryBytes);
    const pending = this.pending.get(message.id);
    this.pending.delete(message.id);
    if (!pending) return;
    if (message.type === "crash") {
      this.pending.set(message.id, pending);
      this.#crash(message.message, pending.lane, message.index);
    } else {
      pending.resolve(message);
      this.#hold();
    }
  }

  /** The worker is of no use any more: its lanes are told, and the one that was being worked for is told so. */
  #crash(message: string, culprit?: number, index?: number): void {
    const first = culprit ?? this.pending.values().next().value?.lane;
    this.stop((lane: number) => new LaneLost(lane === first, message, lane === first ? index : undefined));
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
