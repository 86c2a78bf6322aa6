import type { WorkerKind } from "../public-types.ts";
import { TaskGifError } from "../task-gif-error.ts";
import type { Failure, FromWorker, Notice, Replies, Request } from "./protocol.ts";
import type { WorkerHandle } from "./worker-handle.ts";
import { WorkerLostError } from "./worker-lost-error.ts";

/** One assembly's share of one worker, on the calling side. */
export class WorkerSession {
  /** Set when the worker is lost. */
  lost = false;
  #isOpen = true;
  /** Requests that have not been answered yet. */
  #waiting = 0;
  /** Ids of the frames whose pictures were posted. */
  readonly #posted = new Set<number>();

  constructor(
    readonly id: number,
    readonly worker: WorkerHandle,
    private readonly closed: (stopped: boolean) => void,
  ) {}

  /** Whether its worker has started. */
  get isUp(): boolean {
    return this.worker.kind !== undefined;
  }

  /** The kind of its worker, if known. */
  get kind(): WorkerKind {
    return this.worker.kind ?? "main";
  }

  /** Bytes of wasm memory of its worker, which never shrinks. */
  get memoryBytes(): number {
    return this.worker.memoryBytes;
  }

  /** Whether a request is pending. */
  get busy(): boolean {
    return this.#waiting > 0;
  }

  /** Sends a notice. */
  notify(notice: Notice): void {
    if (this.#isOpen) this.worker.send({ session: this.id, ...notice });
  }

  /** Posts the picture of a frame, once: posting costs time on both sides, even by reference. */
  read({ id, source }: { id: number; source: Blob }): void {
    if (this.#posted.has(id)) return;
    this.#posted.add(id);
    this.notify({ type: "read", frame: id, source });
  }

  /** Sends a request of an attempt. Rejects with a `TaskGifError`, or with `WorkerLostError` if the worker is lost. */
  async ask<R extends Request>(request: R, attempt = 0, transfer: Transferable[] = []): Promise<Replies[R["type"]]> {
    if (this.lost || !this.#isOpen) throw new WorkerLostError(false, "the session is closed");
    this.#waiting++;
    try {
      const reply = await new Promise<FromWorker>((resolve, reject) => {
        this.worker.request(this.id, { ...request, attempt }, transfer, { resolve, reject });
      });
      if (reply.type === "stale") throw new Error(`the worker has dropped a request of attempt ${attempt}`);
      if (reply.type === "error") throw fromWire(reply);
      return reply as unknown as Replies[R["type"]];
    } finally {
      this.#waiting--;
    }
  }

  /** Closes the session. A worker with a request in work is stopped, unless it has sessions of other assemblies. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const { worker } = this;
    worker.sessions.delete(this.id);
    const stop = this.busy && worker.sessions.size === 0;
    if (stop) worker.stop(() => new WorkerLostError(false, "the assembly was ended"));
    else worker.send({ session: this.id, type: "close" });
    this.closed(stop);
  }
}

function fromWire(failure: Failure & { type: "error" }): TaskGifError {
  const { code, message, frame } = failure.error;
  return new TaskGifError(code, message, frame);
}
