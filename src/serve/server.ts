import { describeError } from "../js/errors.ts";
import { type ApiKey, readKeys } from "./auth.ts";
import { GifQueue } from "./gif-queue.ts";
import { resolveServerOptions, type ServerOptions } from "./options.ts";
import { routes } from "./routes.ts";
import { type Survey, surveyOf } from "./survey.ts";
import { Tasks } from "./tasks.ts";

/** A server of tasks, for any host that answers a `Request` with a `Response`. */
export type TaskServer = {
  /** Answers a request. GIFs are made by `sweep`, or in the background once it was started. */
  fetch(request: Request): Promise<Response>;
  /** Looks once through the store, and resolves when every GIF is made and everything expired is gone. */
  sweep(): Promise<void>;
  /** Counts what is in the store. */
  survey(): Promise<Survey>;
  /** Makes GIFs in the background from now on. */
  start(): Promise<void>;
  /** Ends the work in the background, and event streams; what was being made is left to others. */
  stop(): Promise<void>;
};

/** How often the store is searched for tasks that have ended. */
const SWEEP_MS = 5000;

/** Makes a server of the tasks in a store. Nothing happens before it is asked or started. */
export function createTaskServer(options: ServerOptions): TaskServer {
  const settings = resolveServerOptions(options);
  const { store, log } = settings;
  const stopping = new AbortController();
  const tasks = new Tasks(store, log, stopping.signal);
  const queue = new GifQueue(settings, tasks, stopping.signal);
  let stored: readonly ApiKey[] | undefined;
  const app = routes(settings, tasks, queue, () => stored ?? [], stopping.signal);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> = Promise.resolve();

  const readStored = async () => {
    stored = await readKeys(store);
  };
  const sweep = async (isFull?: boolean) => {
    await readStored();
    await queue.sweep(isFull);
  };
  const again = async () => {
    running = sweep().catch((error: unknown) => {
      if (!stopping.signal.aborted) log({ event: "sweep_error", error: describeError(error) });
    });
    await running;
    if (!stopping.signal.aborted) timer = setTimeout(() => void again(), SWEEP_MS);
  };
  return {
    async fetch(request) {
      // A server that has not read its keys must not answer as if there were none.
      if (stored === undefined) await readStored();
      return app.fetch(request);
    },
    async sweep() {
      await sweep(true);
      await queue.work();
    },
    survey: () => surveyOf(tasks, settings.keepDays),
    async start() {
      await readStored();
      queue.start();
      void again();
    },
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await running;
      await queue.stopped();
    },
  };
}
