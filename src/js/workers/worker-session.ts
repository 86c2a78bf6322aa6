import type { WorkerKind } from "../public-types.ts";
import { TaskGifError } from "../task-gif-error.ts";
import type { Failure, FromWorker, Notice, Replies, Request } from "./protocol.ts";
import type { WorkerHandle } from "./worker-handle.ts";
import { WorkerLostError } from "./worker-lost-error.ts";

/** One assembly's share of one worker, seen from the calling thread. */
export class WorkerSession {
  /** Set when the worker is gone. */
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

  /** What kind of worker it is on, once that is known. */
  get kind(): WorkerKind {
    return this.worker.kind ?? "main";
  }

  /** Wasm memory of its worker; it never shrinks. */
  get memoryBytes(): number {
    return this.worker.memoryBytes;
  }

  /** Whether a request has not been answered yet. */
  get busy(): boolean {
    return this.#waiting > 0;
  }

  /** Says something that needs no answer. */
  notify(notice: Notice): void {
    if (this.#isOpen) this.worker.send({ session: this.id, ...notice });
  }

  /** Posts the picture of a frame, once: even by reference, each time costs a little on both sides. */
  read({ id, source }: { id: number; source: Blob }): void {
    if (this.#posted.has(id)) return;
    this.#posted.add(id);
    this.notify({ type: "read", frame: id, source });
  }

  /** Asks for work in an attempt. Rejects with a `TaskGifError`, or with `WorkerLostError` when the worker is gone. */
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

  /** Gives the session back. A worker in the middle of its work is stopped, unless other assemblies have a share in it. */
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
