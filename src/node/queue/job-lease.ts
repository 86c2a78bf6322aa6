/** How long the lock of a job keeps other workers from the job after its worker is gone. BullMQ renews it at half this time. */
export const LOCK_MS = 15_000;
/** How long a worker goes on with a job whose lock it could not renew: it must end before others may begin. */
const HOLD_MS = LOCK_MS - 2000;

/** The right of a worker to run a job. It ends when the lock of the job is lost, or could not be renewed for too long. */
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

  /** The lock was renewed. */
  renew(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.lose(), HOLD_MS);
  }

  /** The lock was lost. */
  lose(): void {
    this.#lost.abort(new DOMException("the lock of the job was lost", "AbortError"));
  }

  /** The job is over. */
  end(): void {
    clearTimeout(this.#timer);
  }
}
