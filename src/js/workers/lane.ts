import { TaskGifError } from "../errors.ts";
import type { WorkerKind } from "../types.ts";
import type { Failure, FromWorker, Notice, Replies, Request } from "./protocol.ts";
import type { WorkerHandle } from "./worker-handle.ts";

/** Why a lane's request came to nothing without a typed error: its worker is gone, or it was dropped itself. */
export class LaneLost extends Error {
  constructor(
    /** Whether the worker trapped in the middle of this lane's own work. */
    readonly crashed: boolean,
    message: string,
    /** Position of the frame it was at. */
    readonly index?: number,
  ) {
    super(message);
  }
}

/** One assembly's share of one worker, seen from the calling thread. */
export class Lane {
  /** Set when the worker is gone. */
  lost = false;
  #open = true;
  #waiting = 0;

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
    if (this.#open) this.worker.send({ lane: this.id, ...notice });
  }

  /** Asks for work. Rejects with a `TaskGifError`, or with `LaneLost`. */
  async ask<R extends Request>(request: R, transfer: Transferable[] = []): Promise<Replies[R["type"]]> {
    if (this.lost || !this.#open) throw new LaneLost(false, "the lane is closed");
    this.#waiting++;
    try {
      const reply = await new Promise<FromWorker>((resolve, reject) => {
        this.worker.request(this.id, request, transfer, { resolve, reject });
      });
      if (reply.type === "stale") throw new LaneLost(false, "the lane was opened anew");
      if (reply.type === "error") throw fromWire(reply);
      return reply as unknown as Replies[R["type"]];
    } finally {
      this.#waiting--;
    }
  }

  /** Gives the lane back. A worker in the middle of its work is stopped, unless other assemblies have a share in it. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    const { worker } = this;
    worker.lanes.delete(this.id);
    const stop = this.busy && worker.lanes.size === 0;
    if (stop) worker.stop(() => new LaneLost(false, "the assembly was ended"));
    else worker.send({ lane: this.id, type: "close" });
    this.closed(stop);
  }
}

function fromWire(failure: Failure & { type: "error" }): TaskGifError {
  const { code, message, frame } = failure.error;
  return new TaskGifError(code, message, frame);
}
