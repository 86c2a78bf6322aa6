import { type PoolOptions, WorkerHandle } from "./worker-handle.ts";
import { WorkerLostError } from "./worker-lost-error.ts";
import { WorkerSession } from "./worker-session.ts";

/** Time in ms after the last assembly until the workers of a page or process are stopped. */
export const IDLE_MS = 10_000;

/**
 * The workers of this page or process, which are kept between assemblies. Each has one session for each of any number of
 * assemblies. A worker that trapped or was stopped is replaced when the next session needs it.
 */
export class Pool {
  readonly #parts: PoolOptions;
  /** The number of workers beyond which assemblies were not faster, if known. */
  useful: number | undefined;
  #workers: WorkerHandle[] = [];
  #nextSession = 1;
  #idle: ReturnType<typeof setTimeout> | undefined;
  /** The first kind of worker that started; kinds before it are not tried again. */
  readonly #works = { factory: 0 };

  constructor(parts: PoolOptions) {
    this.#parts = parts;
  }

  /** Number of running workers. */
  get size(): number {
    return this.#workers.length;
  }

  /** Opens sessions on `count` different workers, those with the fewest sessions first. */
  sessions(count: number): WorkerSession[] {
    while (this.#workers.length < count) this.#spawn();
    const workers = [...this.#workers].sort((a, b) => a.sessions.size - b.sessions.size).slice(0, count);
    return workers.map((worker) => this.#openSession(worker));
  }

  /** Opens a session on a worker that has none of the sessions `besides`. */
  another(besides: readonly WorkerSession[]): WorkerSession {
    const taken = new Set(besides.map((session) => session.worker));
    let free = this.#workers
      .filter((worker) => !taken.has(worker))
      .sort((a, b) => a.sessions.size - b.sessions.size)[0];
    free ??= this.#spawn();
    return this.#openSession(free);
  }

  /** Stops all workers. */
  close(): void {
    clearTimeout(this.#idle);
    for (const worker of this.#workers) worker.stop(() => new WorkerLostError(false, "the workers were stopped"));
    this.#workers = [];
    this.useful = undefined;
  }

  #openSession(worker: WorkerHandle): WorkerSession {
    const session = new WorkerSession(this.#nextSession++, worker, (stopped) => {
      if (stopped) this.#spawn(); // so that the next assembly finds the pool as warm as this one did
      this.#watchIdle();
    });
    worker.sessions.set(session.id, session);
    this.#watchIdle();
    return session;
  }

  #spawn(): WorkerHandle {
    const worker = new WorkerHandle(this.#parts, this.#works, () => {
      this.#workers = this.#workers.filter((other) => other !== worker);
    });
    this.#workers.push(worker);
    return worker;
  }

  #watchIdle(): void {
    clearTimeout(this.#idle);
    if (this.#workers.some((worker) => worker.sessions.size > 0)) return;
    this.#idle = setTimeout(() => this.close(), this.#parts.idleMs);
    // In Node, a timer would keep the process running.
    (this.#idle as { unref?: () => void }).unref?.();
  }
}
