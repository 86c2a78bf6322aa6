import {
  type GifJob,
  type GifQueue,
  MOST_TRIES,
  type Priority,
  type QueueCounts,
  type RunJob,
  retryDelayMs,
} from "./gif-queue.ts";

/** Jobs that may wait in memory; the store keeps what finds no room. */
const MOST_WAITING = 1000;

type Waiting = { job: GifJob; since: number; tries: number };

/** A queue in the process itself, for a server that works alone: no service, no network. */
export class EmbeddedQueue implements GifQueue {
  readonly #waiting: Readonly<Record<Priority, Map<string, Waiting>>> = { person: new Map(), background: new Map() };
  readonly #active = new Set<string>();
  readonly #delayed = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #tallies = new Map<string, { window: number; count: number }>();
  readonly #running = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #failed = 0;
  #run: RunJob | undefined;
  #concurrency = 0;

  async add(jobs: readonly GifJob[], priority: Priority): Promise<void> {
    for (const job of jobs) this.#add({ job, since: Date.now(), tries: 0 }, priority);
  }

  work(run: RunJob, concurrency: number): void {
    this.#run = run;
    this.#concurrency = concurrency;
    this.#begin();
  }

  /** Runs what waits, where nobody has called `work`; resolves when nothing waits or runs. */
  async drain(run: RunJob): Promise<void> {
    const isWorking = this.#run !== undefined;
    if (!isWorking) this.work(run, 1);
    while (this.#running.size > 0) await Promise.all(this.#running);
    if (!isWorking) this.#run = undefined;
  }

  async counts(): Promise<QueueCounts> {
    const { person, background } = this.#waiting;
    const oldest = [...person.values(), ...background.values()].reduce(
      (a, { since }) => Math.min(a, since),
      Date.now(),
    );
    return {
      waiting: person.size + background.size,
      active: this.#active.size,
      delayed: this.#delayed.size,
      failed: this.#failed,
      oldestMs: Date.now() - oldest,
    };
  }

  async tally(name: string, windowMs: number): Promise<number> {
    const window = Math.floor(Date.now() / windowMs);
    const known = this.#tallies.get(name);
    const count = known?.window === window ? known.count + 1 : 1;
    this.#tallies.set(name, { window, count });
    return count;
  }

  async close(): Promise<void> {
    this.#closing.abort(new DOMException("the queue is closed", "AbortError"));
    for (const waiting of Object.values(this.#waiting)) waiting.clear();
    for (const timer of this.#delayed.values()) clearTimeout(timer);
    this.#delayed.clear();
    await Promise.all(this.#running);
  }

  #add(entry: Waiting, priority: Priority): void {
    const { task } = entry.job;
    const { person, background } = this.#waiting;
    const isKnown = background.has(task) || this.#delayed.has(task);
    if (this.#closing.signal.aborted || person.has(task) || (priority === "background" && isKnown)) return;
    if (person.size + background.size >= MOST_WAITING) return;
    clearTimeout(this.#delayed.get(task));
    this.#delayed.delete(task);
    background.delete(task);
    this.#waiting[priority].set(task, entry);
    this.#begin();
  }

  #begin(): void {
    while (this.#run && this.#active.size < this.#concurrency) {
      const entry = this.#next();
      if (!entry) return;
      const running = this.#do(this.#run, entry).finally(() => {
        this.#running.delete(running);
        this.#active.delete(entry.job.task);
        this.#begin();
      });
      this.#running.add(running);
    }
  }

  /** The next job whose task has none that runs. */
  #next(): Waiting | undefined {
    for (const waiting of [this.#waiting.person, this.#waiting.background]) {
      for (const [task, entry] of waiting) {
        if (this.#active.has(task)) continue;
        waiting.delete(task);
        this.#active.add(task);
        return entry;
      }
    }
    return undefined;
  }

  async #do(run: RunJob, { job, since, tries }: Waiting): Promise<void> {
    try {
      if (await run(job, this.#closing.signal)) this.#failed++;
    } catch {
      // `run` has told the log why.
      if (this.#closing.signal.aborted) return;
      if (tries + 1 >= MOST_TRIES) {
        this.#failed++;
        return;
      }
      const again = () => {
        this.#delayed.delete(job.task);
        this.#add({ job, since, tries: tries + 1 }, "background");
      };
      const timer = setTimeout(again, retryDelayMs(tries + 1));
      // A process that has nothing else to do may end: the store knows what is pending.
      (timer as { unref?(): void }).unref?.();
      this.#delayed.set(job.task, timer);
    }
  }
}
