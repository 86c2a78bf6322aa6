/** Lifetime in ms of the lock of a job. Other workers may take the job when it expires. BullMQ renews it at half this time. */
export const LOCK_MS = 15_000;
/** Time in ms that a worker continues without a renewed lock: it must stop before another worker may start. */
const HOLD_MS = LOCK_MS - 2000;

/** The right of a worker to run a job. It ends when the lock of the job is lost or was not renewed for `HOLD_MS`. */
export class JobLease {
  readonly #lost = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.renew();
  }

  /** Aborted when the job may belong to another worker. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** Extends the lease, since the lock was renewed. */
  renew(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.lose(), HOLD_MS);
  }

  /** Ends the lease, since the lock was lost. */
  lose(): void {
    this.#lost.abort(new DOMException("the lock of the job was lost", "AbortError"));
  }

  /** Stops the timer, since the job has ended. */
  end(): void {
    clearTimeout(this.#timer);
  }
}
