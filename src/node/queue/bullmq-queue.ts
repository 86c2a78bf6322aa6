import type { Job, Queue, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { describeError, TaskGifError } from "../../js/task-gif-error.ts";
import {
  type GifJob,
  type GifQueue,
  JOB_FORMAT,
  type Priority,
  type QueueCounts,
  type RunJob,
} from "../../serve/queue/gif-queue.ts";
import { DEAD_LETTERS, MOST_TRIES, retryDelayMs } from "../../serve/queue/retry-policy.ts";
import { JobLease, LOCK_MS } from "./job-lease.ts";

/** Prefix of all keys in Redis. The braces keep the keys of a queue on one node of a cluster. */
const PREFIX = "{task-gif}";
/** BullMQ runs jobs without a priority first, then those with one. */
const PRIORITIES: Record<Priority, number> = { person: 0, background: 1 };
/** Timeout of a command in ms, after which the queue counts as unreachable. */
const COMMAND_MS = 2000;
/** Longest pause in ms between two tries to connect. */
const RECONNECT_MOST_MS = 2000;
/** How long a call waits for the connection, in ms, and the interval at which it checks. */
const READY_MS = 500;
const READY_STEP_MS = 10;
/** Pause in ms before a job of a later format may be taken by this worker again. */
const HAND_BACK_MS = 10_000;
/** Timeout in ms for handing back running jobs when the queue is closed. */
const CLOSE_MS = 5000;

const reconnectDelayMs = (times: number) => Math.min(times * 100, RECONNECT_MOST_MS);

/** A queue in Redis or Valkey, kept by BullMQ, for servers and workers on any number of machines. */
class BullMqQueue implements GifQueue {
  #worker: Worker<GifJob> | undefined;
  #workerRedis: Redis | undefined;
  readonly #closing = new AbortController();

  constructor(
    private readonly bullmq: typeof import("bullmq"),
    private readonly redis: Redis,
    private readonly queue: Queue<GifJob>,
  ) {}

  async add(jobs: readonly GifJob[], priority: Priority): Promise<void> {
    await this.#ready();
    const added = await this.queue.addBulk(
      jobs.map((data) => ({
        name: this.queue.name,
        data,
        opts: {
          priority: PRIORITIES[priority],
          attempts: MOST_TRIES,
          backoff: { type: "custom" },
          deduplication: { id: data.task, keepLastIfActive: true },
          removeOnComplete: true,
          removeOnFail: { count: DEAD_LETTERS.most, age: DEAD_LETTERS.seconds },
        },
      })),
    );
    if (priority === "person") await Promise.all(added.map(({ id }) => this.#hurry(id)));
  }

  work(run: RunJob, concurrency: number): void {
    const { Worker } = this.bullmq;
    // Workers wait for an unreachable queue for ever.
    this.#workerRedis = this.redis.duplicate({
      maxRetriesPerRequest: null,
      enableOfflineQueue: true,
      commandTimeout: undefined,
      // BullMQ waits for jobs on a copy of this connection. Without this, the copy would try to connect for ever.
      retryStrategy: (times: number) => (this.#closing.signal.aborted ? null : reconnectDelayMs(times)),
    });
    this.#workerRedis.on("error", () => {});
    const leases = new Map<string, JobLease>();
    const worker = new Worker<GifJob>(
      this.queue.name,
      async (job: Job<GifJob>, token?: string) => {
        const id = job.id ?? "";
        const lease = new JobLease();
        leases.set(id, lease);
        try {
          await this.#run(run, job, token, AbortSignal.any([lease.signal, this.#closing.signal]));
        } finally {
          lease.end();
          leases.delete(id);
        }
      },
      {
        connection: this.#workerRedis,
        prefix: PREFIX,
        concurrency,
        lockDuration: LOCK_MS,
        stalledInterval: LOCK_MS,
        // The store counts how often a job has ended its process, for every kind of queue.
        maxStalledCount: Number.MAX_SAFE_INTEGER,
        runRetryDelay: 1000,
        settings: { backoffStrategy: retryDelayMs },
      },
    );
    worker.on("error", () => {}); // errors of the connection: ioredis reconnects
    worker.on("locksRenewed", ({ jobIds }) => {
      for (const id of jobIds) leases.get(id)?.renew();
    });
    worker.on("lockRenewalFailed", (ids) => {
      for (const id of ids) leases.get(id)?.lose();
    });
    this.#worker = worker;
  }

  async counts(): Promise<QueueCounts> {
    await this.#ready();
    const { waiting = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = await this.queue.getJobCounts();
    const oldest = (await Promise.all([this.queue.getWaiting(0, 0), this.queue.getPrioritized(0, 0)])).flat();
    const times = oldest.flatMap((job) => job?.timestamp ?? []);
    const oldestMs = times.length > 0 ? Math.max(0, Date.now() - Math.min(...times)) : 0;
    return { waiting: waiting + prioritized, active, delayed, failed, oldestMs };
  }

  async tally(name: string, windowMs: number): Promise<number> {
    await this.#ready();
    const key = `${PREFIX}:tally:${name}:${Math.floor(Date.now() / windowMs)}`;
    const [count] = (await this.redis.multi().incr(key).pexpire(key, windowMs).exec()) ?? [];
    return Number(count?.[1]);
  }

  async close(): Promise<void> {
    // An unreachable queue never answers; the locks of its jobs expire.
    const isAway = this.redis.status !== "ready";
    // Take no new job, then abort the running ones.
    const closed = this.#worker?.close(isAway);
    this.#closing.abort(new DOMException("the queue is closed", "AbortError"));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((done) => {
      timer = setTimeout(done, isAway ? 0 : CLOSE_MS);
    });
    await Promise.race([Promise.all([closed, this.queue.close()]), late]).catch(() => {});
    clearTimeout(timer);
    this.#workerRedis?.disconnect();
    this.redis.disconnect();
  }

  /** Waits up to `READY_MS` for the connection; BullMQ would wait for ever. */
  async #ready(): Promise<void> {
    for (let waited = 0; this.redis.status !== "ready"; waited += READY_STEP_MS) {
      if (waited >= READY_MS || this.#closing.signal.aborted) throw new Error("the queue cannot be reached");
      await new Promise((next) => setTimeout(next, READY_STEP_MS));
    }
  }

  /** Moves a waiting job before those that no person has asked for. */
  async #hurry(id: string | undefined): Promise<void> {
    const job = id === undefined ? undefined : await this.queue.getJob(id);
    if (!job) return;
    // Both calls fail if the job has started meanwhile, which is fine.
    if (await job.isDelayed()) await job.promote().catch(() => {});
    if (job.priority !== PRIORITIES.person) await job.changePriority({ priority: PRIORITIES.person }).catch(() => {});
  }

  async #run(run: RunJob, job: Job<GifJob>, token: string | undefined, signal: AbortSignal): Promise<void> {
    const { DelayedError, UnrecoverableError, WaitingError } = this.bullmq;
    if (job.data.format > JOB_FORMAT) {
      await job.moveToDelayed(Date.now() + HAND_BACK_MS, token);
      throw new DelayedError();
    }
    try {
      const failure = await run(job.data, signal);
      if (failure) throw new UnrecoverableError(`${failure.code}: ${failure.message}`);
    } catch (error) {
      if (!this.#closing.signal.aborted) throw error;
      await job.moveToWait(token);
      throw new WaitingError();
    }
  }
}

/**
 * Opens a queue in Redis or Valkey by its address, such as `redis://localhost:6379`. `name` chooses the queue of GIFs or that of
 * messages to a webhook. The application must install `bullmq` and `ioredis`. Opens unreachable queues too: their calls reject
 * until the connection is there.
 *
 * @throws `TaskGifError` `QUEUE_UNAVAILABLE` without these packages, `TypeError` for an address of another kind.
 */
export async function openQueue(url: string, name: "gifs" | "webhooks" = "gifs"): Promise<GifQueue> {
  if (!/^rediss?:$/.test(URL.canParse(url) ? new URL(url).protocol : "")) {
    // The address may hold a password.
    throw new TypeError("queue: expected an address such as redis://localhost:6379");
  }
  const [bullmq, { Redis }] = await Promise.all([import("bullmq"), import("ioredis")]).catch((error: unknown) => {
    const message = `a queue needs bullmq and ioredis (npm install bullmq ioredis): ${describeError(error)}`;
    throw new TaskGifError("QUEUE_UNAVAILABLE", message);
  });
  // Calls that add jobs fail at once if the queue is unreachable: the job is pending in the store.
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_MS,
    connectTimeout: COMMAND_MS,
    retryStrategy: reconnectDelayMs,
  });
  redis.on("error", () => {});
  const queue = new bullmq.Queue<GifJob>(name, { connection: redis, prefix: PREFIX });
  queue.on("error", () => {});
  return new BullMqQueue(bullmq, redis, queue);
}
