import { describeError } from "../../js/task-gif-error.ts";
import { oneLine } from "../../js/task-records/json-fields.ts";
import { statusOf } from "../../js/task-records/task-facts.ts";
import { type GifJob, type GifQueue, JOB_FORMAT, type Priority } from "../queue/gif-queue.ts";
import type { PendingTasks } from "../queue/pending-tasks.ts";
import { RETENTION_WINDOW_MS, removeExpired } from "../retention.ts";
import type { ResolvedServerOptions } from "../server-options.ts";
import { isOver, type Task } from "../task.ts";
import type { Tasks } from "../tasks.ts";
import type { FailureLog } from "./failure-log.ts";
import { gifNeed } from "./gif-need.ts";

/** Number of jobs that are added to the queue in one call. */
const BATCH = 500;
/**
 * Length of the time windows, in ms. In each, one of the servers on a store scans it for pending tasks and new records.
 */
const SCAN_MS = 60_000;

/** Finds the tasks whose GIF is missing, and adds their jobs to the queue. */
export class GifJobs {
  /** Ids of records that are done, with the version that is done. */
  readonly #settled = new Map<string, string | null>();
  /** Tasks whose jobs were added since the last scan, so that each status request does not add another. */
  readonly #recent = new Set<string>();
  /** Whether the queue was unreachable, so that jobs are missing in it. */
  #isAway = false;

  constructor(
    private readonly settings: ResolvedServerOptions,
    private readonly tasks: Tasks,
    private readonly queue: GifQueue,
    private readonly pending: PendingTasks,
    private readonly failures: FailureLog,
    private readonly signal: AbortSignal,
  ) {}

  /** Adds the job for a task. Resolves when the store has it as pending, even if the queue is unreachable. */
  async add({ id, version }: Task, priority: Priority): Promise<void> {
    await this.pending.add(id);
    this.#recent.add(id);
    void this.#enqueue([{ format: JOB_FORMAT, task: id, version }], priority);
  }

  /** Adds the job for a pending task again, in case the queue has lost it. */
  async addAgain(task: Task): Promise<void> {
    if (!this.#recent.has(task.id)) await this.add(task, "background");
  }

  /** Scans the store, unless another server has done so in this time window. */
  async scan(): Promise<void> {
    if (this.#isAway) await this.#resume();
    // Without a shared queue this is the only server, so it scans whenever it is called.
    const isAlone = this.settings.queue === undefined;
    if (isAlone || (await this.#isFirst("look", SCAN_MS))) await this.#scanRecords(false);
    if (await this.#isFirst("retention", RETENTION_WINDOW_MS)) {
      await removeExpired(this.tasks, this.settings, this.signal);
    }
  }

  /** Scans the whole store. */
  async scanAll(): Promise<void> {
    await this.#scanRecords(true);
    await removeExpired(this.tasks, this.settings, this.signal);
  }

  async #scanRecords(isFull: boolean): Promise<void> {
    this.#recent.clear();
    await this.#resume();
    if (isFull) this.#settled.clear();
    const jobs: GifJob[] = [];
    for await (const task of this.tasks.records(isFull)) {
      if (this.signal.aborted) return;
      const { id, version } = task;
      if (this.#settled.get(id) === version) continue;
      const need = isOver(task.record) ? await gifNeed(this.tasks.store, task) : undefined;
      if (need?.isNeeded) jobs.push({ format: JOB_FORMAT, task: id, version });
      else this.#settled.set(id, version);
      if (need?.failure) this.failures.tell("gif_failed", id, need.failure);
      if (!need) this.#tellStatus(task);
    }
    await this.#enqueue(jobs, "background");
  }

  /** Adds the jobs of all tasks that are pending in the store. */
  async #resume(): Promise<void> {
    const ids = await this.pending.list();
    const jobs = ids.map((task) => ({ format: JOB_FORMAT, task }));
    await this.#enqueue(jobs, "background");
  }

  /** Whether this server is the first one to ask in this time window. */
  async #isFirst(name: string, windowMs: number): Promise<boolean> {
    return (await this.queue.tally(name, windowMs).catch(() => 0)) === 1;
  }

  async #enqueue(jobs: readonly GifJob[], priority: Priority): Promise<void> {
    try {
      for (let start = 0; start < jobs.length; start += BATCH) {
        await this.queue.add(jobs.slice(start, start + BATCH), priority);
      }
      if (jobs.length > 0) this.#isAway = false;
    } catch (error) {
      if (this.signal.aborted) return;
      if (!this.#isAway) this.settings.log({ event: "queue_error", error: describeError(error) });
      this.#isAway = true;
    }
  }

  /** Logs an unknown status, once: the server cannot tell whether such a task has ended. */
  #tellStatus({ id, record: { status = "" } }: Task): void {
    if (statusOf(status) !== undefined) return;
    const message = `expected a status such as "running", "finished" or "failed", found ${JSON.stringify(oneLine(status))}`;
    this.failures.tell("gif_failed", id, { code: "UNKNOWN_STATUS", message });
  }
}
