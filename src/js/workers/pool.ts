import { Lane } from "./lane.ts";
import { LaneLost } from "./lane-lost-error.ts";
import { type PoolParts, WorkerHandle } from "./worker-handle.ts";

/**
 * Workers that stay warm between assemblies. Each hosts one lane of any number of assemblies; a worker that traps, or
 * is stopped in the middle of something, is replaced when it is next wanted.
 */
export class Pool {
  readonly #parts: PoolParts;
  #workers: WorkerHandle[] = [];
  #nextLane = 1;
  #idle: ReturnType<typeof setTimeout> | undefined;
  /** The first kind of worker that worked; kinds before it are not tried again. */
  readonly #works = { factory: 0 };

  constructor(parts: PoolParts) {
    this.#parts = parts;
  }

  /** Number of workers at the moment. */
  get size(): number {
    return this.#workers.length;
  }

  /** Starts workers ahead of need. */
  warm(count: number): void {
    while (this.#workers.length < count) this.#spawn();
    this.#watchIdle();
  }

  /** Opens lanes on `count` different workers, the least used ones first. */
  lanes(count: number): Lane[] {
    while (this.#workers.length < count) this.#spawn();
    const workers = [...this.#workers].sort((a, b) => a.lanes.size - b.lanes.size).slice(0, count);
    return workers.map((worker) => this.#openLane(worker));
  }

  /** One more lane on a worker that none of `besides` is on. */
  another(besides: Lane[]): Lane {
    const taken = new Set(besides.map((lane) => lane.worker));
    let free = this.#workers.filter((worker) => !taken.has(worker)).sort((a, b) => a.lanes.size - b.lanes.size)[0];
    free ??= this.#spawn();
    return this.#openLane(free);
  }

  /** Stops all workers. */
  close(): void {
    clearTimeout(this.#idle);
    for (const worker of this.#workers) worker.stop(() => new LaneLost(false, "the workers were stopped"));
    this.#workers = [];
  }

  #openLane(worker: WorkerHandle): Lane {
    const lane = new Lane(this.#nextLane++, worker, (stopped) => {
      if (stopped) this.#spawn(); // so that the next assembly finds the pool as warm as this one did
      this.#watchIdle();
    });
    worker.lanes.set(lane.id, lane);
    this.#watchIdle();
    return lane;
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
    if (this.#workers.some((worker) => worker.lanes.size > 0)) return;
    this.#idle = setTimeout(() => this.close(), this.#parts.idleMs);
    // In Node a timer would keep the process alive.
    (this.#idle as { unref?: () => void }).unref?.();
  }
}
