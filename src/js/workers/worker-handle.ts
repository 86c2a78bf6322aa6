import type { WorkerKind } from "../public-types.ts";
import type { FromWorker, Request, ToWorker } from "./protocol.ts";
import { startWorker, type WorkerSources, type WorkingKind } from "./start-worker.ts";
import { WorkerLostError } from "./worker-lost-error.ts";
import type { WorkerTransport } from "./worker-transport.ts";

/** Options of the pool: the sources of workers and wasm, and how long idle workers are kept. */
export type PoolOptions = WorkerSources & {
  /** Time in ms after which workers without sessions are stopped. */
  idleMs: number;
};

/** A request that has not been answered. */
type Pending = { session: number; resolve: (reply: FromWorker) => void; reject: (error: unknown) => void };

/** One worker and its sessions. */
export class WorkerHandle {
  /** Sessions by id. When the worker is lost, their `lost` is set. */
  readonly sessions = new Map<number, { lost: boolean }>();
  readonly pending = new Map<number, Pending>();
  kind: WorkerKind | undefined;
  memoryBytes = 0;
  #transport: WorkerTransport | undefined;
  /** Messages that wait until the worker is ready. */
  #queue: [ToWorker, Transferable[]][] | undefined = [];
  #nextRequest = 1;
  #stopped = false;

  constructor(
    parts: PoolOptions,
    working: WorkingKind,
    private readonly gone: () => void,
  ) {
    this.#start(parts, working).catch((error: unknown) => this.stop(() => error));
  }

  send(message: ToWorker, transfer: Transferable[] = []): void {
    if (this.#stopped) return;
    if (this.#queue) this.#queue.push([message, transfer]);
    else this.#transport?.post(message, transfer);
  }

  request(
    session: number,
    request: Request & { attempt: number },
    transfer: Transferable[],
    pending: Omit<Pending, "session">,
  ): void {
    const id = this.#nextRequest++;
    this.pending.set(id, { session, ...pending });
    this.send({ session, id, ...request }, transfer);
    this.#hold();
  }

  /** Sets whether the process must keep running while this worker does. */
  #hold(): void {
    this.#transport?.hold(this.pending.size > 0);
  }

  /** Stops the worker. Pending requests of a session reject with `reason(session)`. */
  stop(reason: (session: number) => unknown): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#transport?.terminate();
    this.gone();
    for (const session of this.sessions.values()) session.lost = true;
    for (const { session, reject } of this.pending.values()) reject(reason(session));
    this.pending.clear();
  }

  async #start(parts: PoolOptions, working: WorkingKind): Promise<void> {
    const events = {
      message: (message: FromWorker) => this.#receive(message),
      error: (message: string) => this.#crash(message),
    };
    const transport = await startWorker(parts, working, events, () => !this.#stopped);
    if (this.#stopped || !transport) return transport?.terminate();
    this.#transport = transport;
    this.kind = transport.kind;
    const queue = this.#queue ?? [];
    this.#queue = undefined;
    for (const [message, transfer] of queue) transport.post(message, transfer);
    this.#hold();
  }

  #receive(message: FromWorker): void {
    this.memoryBytes = Math.max(this.memoryBytes, message.memoryBytes);
    const pending = this.pending.get(message.id);
    this.pending.delete(message.id);
    if (!pending) return;
    if (message.type === "crash") {
      this.pending.set(message.id, pending);
      this.#crash(message.message, pending.session, message.index);
    } else {
      pending.resolve(message);
      this.#hold();
    }
  }

  /** Marks the worker and its sessions as lost. The session whose request was in work is marked as crashed. */
  #crash(message: string, culprit?: number, index?: number): void {
    const first = culprit ?? this.pending.values().next().value?.session;
    this.stop(
      (session: number) => new WorkerLostError(session === first, message, session === first ? index : undefined),
    );
  }
}
