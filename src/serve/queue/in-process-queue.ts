import type { GifJob, GifQueue, Priority, QueueCounts, RunJob } from "./gif-queue.ts";
import { MOST_TRIES, retryDelayMs } from "./retry-policy.ts";

/** Maximum number of waiting jobs in memory. Jobs beyond it are pending in the store and are added later. */
const MOST_WAITING = 1000;

/** A job that waits: for its turn, or delayed, for its next try. */
type Waiting = { job: GifJob; priority: Priority; since: number; tries: number; isDelayed: boolean };

/**
 * A queue in memory, for a single server without Redis. The package p-queue would not make it shorter: it has neither
 * "one job of a task at a time" nor delayed retries.
 */
export class InProcessQueue implements GifQueue {
  /** Waiting jobs by task, in the order of arrival. */
  readonly #waiting = new Map<string, Waiting>();
  readonly #active = new Map<string, Promise<void>>();
  readonly #tallies = new Map<string, { window: number; count: number }>();
  readonly #closing = new AbortController();
  #failed = 0;
  #run: RunJob | undefined;
  #concurrency = 0;

  async add(jobs: readonly GifJob[], priority: Priority): Promise<void> {
    for (const job of jobs) this.#add({ job, priority, since: Date.now(), tries: 0, isDelayed: false });
  }

  work(run: RunJob, concurrency: number): void {
    this.#run = run;
    this.#concurrency = concurrency;
    this.#begin();
  }

  /** Runs waiting jobs, with `run` unless `work` was called before. Resolves when no job runs or is ready to. */
  async drain(run: RunJob): Promise<void> {
    const isWorking = this.#run !== undefined;
    if (!isWorking) this.work(run, 1);
    while (this.#active.size > 0) await Promise.all(this.#active.values());
    if (!isWorking) this.#run = undefined;
  }

  async counts(): Promise<QueueCounts> {
    const [now, all] = [Date.now(), [...this.#waiting.values()]];
    const ready = all.filter(({ isDelayed }) => !isDelayed);
    return {
      waiting: ready.length,
      active: this.#active.size,
      delayed: all.length - ready.length,
      failed: this.#failed,
      oldestMs: now - ready.reduce((oldest, { since }) => Math.min(oldest, since), now),
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
    this.#waiting.clear();
    await Promise.all(this.#active.values());
  }

  #add(entry: Waiting): void {
    const { task } = entry.job;
    const known = this.#waiting.get(task);
    const isHurried = entry.priority === "person" && known?.priority === "background";
    if (this.#closing.signal.aborted || (known ? !isHurried : this.#waiting.size >= MOST_WAITING)) return;
    this.#waiting.delete(task);
    this.#waiting.set(task, entry);
    this.#begin();
  }

  #begin(): void {
    while (this.#run && this.#active.size < this.#concurrency) {
      const ready = [...this.#waiting.values()].filter(
        ({ job, isDelayed }) => !isDelayed && !this.#active.has(job.task),
      );
      const entry = ready.find(({ priority }) => priority === "person") ?? ready[0];
      if (!entry) return;
      const { task } = entry.job;
      this.#waiting.delete(task);
      const run = this.#run;
      // The job counts as active before it starts: it may itself add a job of its task.
      const running = Promise.resolve()
        .then(() => this.#do(run, entry))
        .finally(() => {
          this.#active.delete(task);
          this.#begin();
        });
      this.#active.set(task, running);
    }
  }

  async #do(run: RunJob, entry: Waiting): Promise<void> {
    try {
      if (await run(entry.job, this.#closing.signal)) this.#failed++;
    } catch {
      // `run` has logged the error.
      const tries = entry.tries + 1;
      if (tries < MOST_TRIES) this.#delay({ ...entry, priority: "background", tries, isDelayed: true });
      else if (!this.#closing.signal.aborted) this.#failed++;
    }
  }

  #delay(entry: Waiting): void {
    this.#add(entry);
    const timer = setTimeout(() => {
      entry.isDelayed = false;
      this.#begin();
    }, retryDelayMs(entry.tries));
    // The timer does not keep the process alive: pending tasks are in the store.
    (timer as { unref?(): void }).unref?.();
  }
}
