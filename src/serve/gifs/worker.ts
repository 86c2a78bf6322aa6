import { METRICS_TYPE, Metrics } from "../metrics.ts";
import { PendingTasks } from "../queue/pending-tasks.ts";
import { type ResolvedWorkerOptions, SERVER_DEFAULTS, type WorkerOptions } from "../server-options.ts";
import { Tasks } from "../tasks.ts";
import { FailureLog } from "./failure-log.ts";
import { GifMaker } from "./gif-maker.ts";

/** Makes GIFs for the servers on a store, and nothing else. */
export type TaskWorker = {
  /** Begins to work on jobs. */
  start(): void;
  /** Answers `/healthz` and `/metrics`. */
  fetch(request: Request): Promise<Response>;
  /** Hands back the jobs that run, and ends. The queue is closed as well. */
  stop(): Promise<void>;
};

/** Makes a worker for the jobs in a queue. Nothing happens before it is started. */
export function createTaskWorker({ queue, concurrency = 1, ...options }: WorkerOptions): TaskWorker {
  const { keepDays, gifOptions, workers, taskBytes, log, assemble } = SERVER_DEFAULTS;
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const settings = {
    keepDays,
    gifOptions,
    workers,
    taskBytes,
    log,
    assemble,
    ...(given as typeof options),
  } as ResolvedWorkerOptions;
  const stopping = new AbortController();
  const metrics = new Metrics();
  const tasks = new Tasks(settings.store, settings.log, stopping.signal);
  const pending = new PendingTasks(settings.store);
  const maker = new GifMaker(settings, tasks, pending, new FailureLog(settings.log), metrics);
  return {
    start: () => queue.work(maker.run, concurrency),
    async fetch(request) {
      const { pathname } = new URL(request.url);
      const counts = await queue.counts().catch(() => undefined);
      if (pathname === "/metrics")
        return new Response(metrics.text(counts), { headers: { "content-type": METRICS_TYPE } });
      if (pathname === "/healthz") return Response.json({ status: "ok", queue: counts ?? null });
      return Response.json({ detail: "Not Found" }, { status: 404 });
    },
    async stop() {
      await queue.close();
      stopping.abort();
    },
  };
}
