/** The shape of a job that this version writes and understands. */
export const JOB_FORMAT = 1;

/**
 * A job: to make the GIF of a task. What is wanted of it, and of which screenshots, stands in the store and is read when
 * the job runs, so that a job that runs twice does nothing the second time.
 */
export type GifJob = {
  /** `JOB_FORMAT` of the version that added it. A worker hands a job of a later format back, for a newer worker. */
  format: number;
  /** Id of the task. */
  task: string;
  /** `Task.version` that it was added for; absent where it was not looked at. */
  version?: string | null;
};

/**
 * Who waits for a GIF. Jobs that a person has asked for run before others: `InProcessQueue` picks them first, `BullMqQueue` gives
 * them the better of its `PRIORITIES`.
 */
export type Priority = "person" | "background";

/**
 * Does a job. Resolves when nothing is left to do: with why it never can be done, for the list of dead letters, or with
 * nothing. A rejection means that another time it may go well: the queue tries again, after `retryDelayMs`. Must give up
 * as soon as the signal is aborted: then the job belongs to somebody else.
 */
export type RunJob = (job: GifJob, signal: AbortSignal) => Promise<{ code: string; message: string } | undefined>;

/** What is in a queue. */
export type QueueCounts = {
  /** Jobs that could run now. */
  waiting: number;
  /** Jobs that run. */
  active: number;
  /** Jobs that have failed and are tried again later. */
  delayed: number;
  /** Jobs that were given up. */
  failed: number;
  /** How long the oldest waiting job has waited, in ms; 0 when none waits. */
  oldestMs: number;
};

/**
 * Where jobs wait. Of one task at most one job waits and one runs; a job that is added while one of its task runs, runs
 * afterwards. A queue may lose jobs: the store knows them too, see `PendingTasks`.
 */
export interface GifQueue {
  /** Adds jobs, as far as none of their task waits. Rejects when the queue cannot be reached. */
  add(jobs: readonly GifJob[], priority: Priority): Promise<void>;
  /** Runs jobs from now on, so many at a time, those of a worker that is gone included. */
  work(run: RunJob, concurrency: number): void;
  /** What waits and runs, in all processes together. Rejects when the queue cannot be reached. */
  counts(): Promise<QueueCounts>;
  /** Counts a name; resolves to how often that was done within this window of time, in all processes together. */
  tally(name: string, windowMs: number): Promise<number>;
  /** Hands back what runs, and lets go. */
  close(): Promise<void>;
}
