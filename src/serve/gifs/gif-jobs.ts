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

/** Jobs that are added at once. */
const BATCH = 500;
/** Windows of time in which one server of all looks through the store for all: what is pending, and new records. */
const LOOK_MS = 60_000;

/** Finds the tasks whose GIF is to be made, and adds jobs for them. */
export class GifJobs {
  /** Records for which there is nothing left to do, with the version for which that is so. */
  readonly #settled = new Map<string, string | null>();
  /** Tasks that were added since the last look, for those who only ask. */
  readonly #recent = new Set<string>();
  /** Whether the queue could not be reached, so that it lacks jobs. */
  #isAway = false;

  constructor(
    private readonly settings: ResolvedServerOptions,
    private readonly tasks: Tasks,
    private readonly queue: GifQueue,
    private readonly pending: PendingTasks,
    private readonly failures: FailureLog,
    private readonly signal: AbortSignal,
  ) {}

  /** Adds the job of a task whose GIF is wanted. Resolves when the store knows of it; the queue may be away. */
  async add({ id, version }: Task, priority: Priority): Promise<void> {
    await this.pending.add(id);
    this.#recent.add(id);
    void this.#enqueue([{ format: JOB_FORMAT, task: id, version }], priority);
  }

  /** Adds the job of a task that should have one already. */
  async addAgain(task: Task): Promise<void> {
    if (!this.#recent.has(task.id)) await this.add(task, "background");
  }

  /** Looks at what has to be looked at by now, by this server unless another one does. */
  async look(): Promise<void> {
    if (this.#isAway) await this.#resume();
    // Alone it looks as often as it is told to: nobody else would.
    const isAlone = this.settings.queue === undefined;
    if (isAlone || (await this.#isFirst("look", LOOK_MS))) await this.#lookForRecords(false);
    if (await this.#isFirst("retention", RETENTION_WINDOW_MS)) {
      await removeExpired(this.tasks, this.settings, this.signal);
    }
  }

  /** Looks at everything. */
  async lookThrough(): Promise<void> {
    await this.#lookForRecords(true);
    await removeExpired(this.tasks, this.settings, this.signal);
  }

  async #lookForRecords(isFull: boolean): Promise<void> {
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

  /** Adds what is pending in the store. */
  async #resume(): Promise<void> {
    const ids = await this.pending.list();
    const jobs = ids.map((task) => ({ format: JOB_FORMAT, task }));
    await this.#enqueue(jobs, "background");
  }

  /** Whether this server is the first of all in this window of time. */
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

  /** A status that is none of the API's nor another word for one: nobody knows whether the task is over. */
  #tellStatus({ id, record: { status = "" } }: Task): void {
    if (statusOf(status) !== undefined) return;
    const message = `expected a status such as "running", "finished" or "failed", found ${JSON.stringify(oneLine(status))}`;
    this.failures.tell("gif_failed", id, { code: "UNKNOWN_STATUS", message });
  }
}
