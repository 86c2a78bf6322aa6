import { Lane, LaneLost } from "./lane.ts";
import { type PoolParts, WorkerHandle } from "./worker-handle.ts";

/**
 * Workers that stay warm between assemblies. Each hosts one lane of any number of assemblies; a worker that traps, or
 * is stopped in the middle of something, is replaced when it is next wanted.
 */
export class Pool {
  readonly #parts: PoolParts;
  #members: WorkerHandle[] = [];
  #nextLane = 1;
  #idle: ReturnType<typeof setTimeout> | undefined;
  /** The first kind of worker that worked; kinds before it are not tried again. */
  readonly #works = { factory: 0 };

  constructor(parts: PoolParts) {
    this.#parts = parts;
  }

  /** Number of workers at the moment. */
  get size(): number {
    return this.#members.length;
  }

  /** Starts workers ahead of need. */
  warm(count: number): void {
    while (this.#members.length < count) this.#spawn();
    this.#watchIdle();
  }

  /** Opens lanes on `count` different workers, the least used ones first. */
  lanes(count: number): Lane[] {
    while (this.#members.length < count) this.#spawn();
    const members = [...this.#members].sort((a, b) => a.lanes.size - b.lanes.size).slice(0, count);
    return members.map((member) => this.#openLane(member));
  }

  /** One more lane on a worker that none of `besides` is on. */
  another(besides: Lane[]): Lane {
    const taken = new Set(besides.map((lane) => lane.worker));
    let free = this.#members.filter((member) => !taken.has(member)).sort((a, b) => a.lanes.size - b.lanes.size)[0];
    free ??= this.#spawn();
    return this.#openLane(free);
  }

  /** Stops all workers. */
  close(): void {
    clearTimeout(this.#idle);
    for (const member of this.#members) member.stop(() => new LaneLost(false, "the workers were stopped"));
    this.#members = [];
  }

  #openLane(member: WorkerHandle): Lane {
    const lane = new Lane(this.#nextLane++, member, (stopped) => {
      if (stopped) this.#spawn(); // so that the next assembly finds the pool as warm as this one did
      this.#watchIdle();
    });
    member.lanes.set(lane.id, lane);
    this.#watchIdle();
    return lane;
  }

  #spawn(): WorkerHandle {
    const member = new WorkerHandle(this.#parts, this.#works, () => {
      this.#members = this.#members.filter((other) => other !== member);
    });
    this.#members.push(member);
    return member;
  }

  #watchIdle(): void {
    clearTimeout(this.#idle);
    if (this.#members.some((member) => member.lanes.size > 0)) return;
    this.#idle = setTimeout(() => this.close(), this.#parts.idleMs);
    // In Node a timer would keep the process alive.
    (this.#idle as { unref?: () => void }).unref?.();
  }
}
