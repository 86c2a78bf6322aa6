import type { Endpoint, EndpointFactory } from "./endpoint.ts";
import { describeError, TaskGifError } from "./errors.ts";
import { type Lane, LaneLost } from "./lane.ts";
import type { FromWorker, Request, ToWorker, WasmPayload } from "./protocol.ts";
import type { WorkerKind } from "./types.ts";

/** How long a worker may take to load before the next kind is tried. */
const START_MS = 20_000;

/** What the pool gets its workers and their wasm from. */
export type PoolParts = {
  /** Kinds of worker, best first. */
  factories: EndpointFactory[];
  /** The compiled module; bytes on request, for where a module cannot be posted. */
  wasm: (asBytes: boolean) => Promise<WasmPayload>;
  /** How long workers stay after the last lane has closed. */
  idleMs: number;
};

/** A request that has not been answered. */
type Pending = { lane: number; resolve: (reply: FromWorker) => void; reject: (error: unknown) => void };

/** One worker and the lanes on it. */
export class Member {
  readonly lanes = new Map<number, Lane>();
  readonly pending = new Map<number, Pending>();
  kind: WorkerKind | undefined;
  memoryBytes = 0;
  #endpoint: Endpoint | undefined;
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
    else this.#endpoint?.post(message, transfer);
  }

  request(lane: number, request: Request, transfer: Transferable[], pending: Omit<Pending, "lane">): void {
    const id = this.#nextRequest++;
    this.pending.set(id, { lane, ...pending });
    this.send({ lane, id, ...request }, transfer);
    this.#hold();
  }

  /** Tells the process whether it must wait for this worker. */
  #hold(): void {
    this.#endpoint?.hold(this.pending.size > 0);
  }

  /** Ends the worker; what its lanes wait for fails with what `reason` makes of the lane. */
  stop(reason: (lane: number) => unknown): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#endpoint?.terminate();
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
      const endpoint = await this.#try(parts.factories[i]!, wasm, parts).catch((error: unknown) => {
        if (error instanceof TaskGifError) throw error;
        failures.push(describeError(error));
      });
      if (this.#stopped) return endpoint?.terminate();
      if (!endpoint) continue;
      works.factory = Math.max(works.factory, i);
      this.#endpoint = endpoint;
      this.kind = endpoint.kind;
      const queue = this.#queue ?? [];
      this.#queue = undefined;
      for (const [message, transfer] of queue) endpoint.post(message, transfer);
      return this.#hold();
    }
    throw new TaskGifError("WORKER_FAILED", `no kind of worker could be started: ${failures.join("; ")}`);
  }

  /** Starts a worker of one kind; rejects when it does not come up. */
  async #try(factory: EndpointFactory, wasm: Promise<WasmPayload>, parts: PoolParts): Promise<Endpoint> {
    const start = new Handshake();
    let up = false;
    const endpoint = await factory({
      message: (message) => (up ? this.#receive(message) : start.resolve(message)),
      error: (message) => (up ? this.#crash(message) : start.reject(new Error(message))),
    });
    try {
      const reply =
        (await start.greet(endpoint, await wasm)) ??
        // A module cannot be posted everywhere; its bytes can.
        (await start.greet(endpoint, await parts.wasm(true)));
      if (reply?.type !== "started") {
        const reason = reply?.type === "crash" ? reply.message : "it cannot be posted to a worker";
        throw new TaskGifError(
          "WASM_FAILED",
          `the wasm did not start: ${reason}; check that it belongs to this version`,
        );
      }
      up = true;
      return endpoint;
    } catch (error) {
      endpoint.terminate();
      throw error;
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

type Settle = { resolve(reply: FromWorker | undefined): void; reject(error: unknown): void };

/** The first exchange with a worker. */
class Handshake {
  #settle: Settle | undefined;
  /** What happened before anything was sent: a worker may fail to load at any time. */
  #early: ((settle: Settle) => void) | undefined;

  resolve(reply: FromWorker): void {
    // A worker says so when a message did not survive the way.
    this.#deliver((settle) => settle.resolve(reply.type === "stale" ? undefined : reply));
  }

  reject(error: unknown): void {
    this.#deliver((settle) => settle.reject(error));
  }

  /** Sends the wasm; resolves to the answer, or to `undefined` when it could not be posted. */
  async greet(endpoint: Endpoint, wasm: WasmPayload): Promise<FromWorker | undefined> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const reply = new Promise<FromWorker | undefined>((resolve, reject) => {
      this.#settle = { resolve, reject };
      timer = setTimeout(() => reject(new Error(`a ${endpoint.kind} worker did not answer`)), START_MS);
      this.#early?.(this.#settle);
    });
    try {
      endpoint.post({ lane: 0, id: 0, type: "start", wasm }, []);
    } catch {
      this.#settle?.resolve(undefined);
    }
    return reply.finally(() => clearTimeout(timer));
  }

  #deliver(how: (settle: Settle) => void): void {
    if (this.#settle) how(this.#settle);
    else this.#early = how;
  }
}
