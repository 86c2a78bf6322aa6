import { describeError } from "../js/task-gif-error.ts";
import { GifJobs } from "./gifs/gif-jobs.ts";
import { InProcessQueue } from "./queue/in-process-queue.ts";
import { createApp } from "./routes/app.ts";
import { resolveServerOptions, type ServerOptions } from "./server-options.ts";
import { type StoreSummary, summarizeStore } from "./stores/store-summary.ts";
import { taskService } from "./task-service.ts";
import { TaskMutex } from "./uploads/task-mutex.ts";

/** A server of tasks, for any host that answers a `Request` with a `Response`. */
export type TaskServer = {
  /** Answers a request. GIFs are made by `sweep`, or in the background after `start`. */
  fetch(request: Request): Promise<Response>;
  /**
   * Scans the store once. Resolves when every GIF is made or its job is in the queue, and expired media are removed.
   */
  sweep(): Promise<void>;
  /** Counts the tasks in the store. */
  summary(): Promise<StoreSummary>;
  /**
   * Starts to scan the store at intervals. A server without `options.queue` makes GIFs in the background from then on.
   */
  start(): Promise<void>;
  /** Ends background work and event streams, and closes the queue. Unfinished jobs go back to the queue. */
  stop(): Promise<void>;
};

/** Interval in ms at which keys are read again and the store is scanned for missing GIFs and expired media. */
const SCAN_INTERVAL_MS = 5000;

/** Creates a server for the tasks in a store. It does nothing before its first request or `start`. */
export function createTaskServer(options: ServerOptions): TaskServer {
  const settings = resolveServerOptions(options);
  const { log } = settings;
  const stopping = new AbortController();
  const service = taskService(settings, stopping.signal);
  const { tasks, keys, pending, failures, webhooks, maker } = service;
  // A server without a queue of its own makes the GIFs itself.
  const inProcess = settings.queue ? undefined : new InProcessQueue();
  const queue = settings.queue ?? inProcess!;
  const jobs = new GifJobs(settings, tasks, queue, pending, failures, stopping.signal);
  const taskMutex = new TaskMutex();
  const app = createApp({ ...service, settings, jobs, queue, taskMutex, signal: stopping.signal });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> = Promise.resolve();

  const scan = async () => {
    await keys.read();
    await jobs.scan();
  };
  const again = async () => {
    running = scan().catch((error: unknown) => {
      if (!stopping.signal.aborted) log({ event: "sweep_error", error: describeError(error) });
    });
    await running;
    if (!stopping.signal.aborted) timer = setTimeout(() => void again(), SCAN_INTERVAL_MS);
  };
  return {
    async fetch(request) {
      await keys.read(true);
      return app.fetch(request);
    },
    async sweep() {
      await keys.read();
      await jobs.scanAll();
      await inProcess?.drain(maker.run);
      await webhooks?.drain();
    },
    summary: () => summarizeStore(tasks, settings.keepDays),
    async start() {
      await keys.read();
      inProcess?.work(maker.run, 1);
      webhooks?.start();
      void again();
    },
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await running;
      await Promise.all([queue.close(), webhooks?.stop()]);
    },
  };
}
