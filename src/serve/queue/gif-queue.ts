/** The shape of a job that this version writes and understands. */
export const JOB_FORMAT = 1;

/**
 * A job makes the GIF of one task. Its options and screenshots are in the store and are read when the job runs, so that
 * a second run of the same job does nothing.
 */
export type GifJob = {
  /** `JOB_FORMAT` of the version that added it. A worker hands a job of a later format back, for a newer worker. */
  format: number;
  /** Id of the task. */
  task: string;
  /** `Task.version` of the job; absent if it was not read. */
  version?: string | null;
};

/**
 * Who waits for a GIF. Jobs that a person has asked for run before others: `InProcessQueue` picks them first,
 * `BullMqQueue` gives them the better of its `PRIORITIES`.
 */
export type Priority = "person" | "background";

/**
 * Runs a job. Resolves when nothing is left to do: to `undefined`, or to the reason if the GIF can never be made, which
 * puts the job on the list of dead letters. Rejects if a retry may succeed: the queue tries again after `retryDelayMs`.
 * Must stop as soon as the signal is aborted: the job then belongs to another worker.
 */
export type RunJob = (job: GifJob, signal: AbortSignal) => Promise<{ code: string; message: string } | undefined>;

/** Numbers of jobs in a queue. */
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
 * A queue of jobs. Of each task, at most one job waits and one runs; a job that is added while another of its task runs
 * is run afterwards. A queue may lose jobs: `PendingTasks` has them in the store, too.
 */
export interface GifQueue {
  /** Adds each job, unless one of its task is waiting. Rejects if the queue is unreachable. */
  add(jobs: readonly GifJob[], priority: Priority): Promise<void>;
  /** Starts to run jobs, at most `concurrency` at a time, including jobs of workers that have died. */
  work(run: RunJob, concurrency: number): void;
  /** Counts jobs of all processes. Rejects if the queue is unreachable. */
  counts(): Promise<QueueCounts>;
  /** Increments the counter `name`; resolves to its value in this time window, over all processes. */
  tally(name: string, windowMs: number): Promise<number>;
  /** Returns running jobs to the queue and disconnects. */
  close(): Promise<void>;
}
