import { monitoringRoutes } from "../routes/site-routes.ts";
import { resolveServerOptions, type WorkerOptions } from "../server-options.ts";
import { taskService } from "../task-service.ts";

/** Makes GIFs for the servers on a store; it answers no task API. */
export type TaskWorker = {
  /** Starts to run jobs. */
  start(): Promise<void>;
  /** Answers `/healthz` and `/metrics`. */
  fetch(request: Request): Promise<Response>;
  /** Returns running jobs to the queue, closes it, and ends. */
  stop(): Promise<void>;
};

/** Creates a worker for the jobs in a queue. It does nothing before `start`. */
export function createTaskWorker({ queue, concurrency = 1, ...options }: WorkerOptions): TaskWorker {
  const settings = resolveServerOptions(options);
  const stopping = new AbortController();
  const { maker, metrics, keys, webhooks } = taskService(settings, stopping.signal);
  const app = monitoringRoutes({ queue, metrics });
  app.notFound((c) => c.json({ detail: "Not Found" }, 404));
  return {
    async start() {
      // URLs in messages are signed if there are keys.
      if (webhooks) await keys.read();
      queue.work(maker.run, concurrency);
      webhooks?.start();
    },
    fetch: async (request) => app.fetch(request),
    async stop() {
      await Promise.all([queue.close(), webhooks?.stop()]);
      stopping.abort();
    },
  };
}
