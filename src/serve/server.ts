import { describeError } from "../js/errors.ts";
import { type ApiKey, readKeys } from "./auth.ts";
import { GifQueue } from "./gif-queue.ts";
import { resolveServerOptions, type ServerOptions } from "./options.ts";
import { routes } from "./routes.ts";
import { Tasks } from "./task-store.ts";

/** A server of tasks, for any host that answers a `Request` with a `Response`. */
export type TaskServer = {
  /** Answers a request. GIFs are made by `sweep`, or in the background once it was started. */
  fetch(request: Request): Promise<Response>;
  /** Looks once through the store, and resolves when every GIF is made and everything expired is gone. */
  sweep(): Promise<void>;
  /** Makes GIFs in the background from now on. */
  start(): Promise<void>;
  /** Ends the work in the background; what was being made is left to others. */
  stop(): Promise<void>;
};

/** How often the store is searched for tasks that have ended. */
const SWEEP_MS = 5000;
/** Makes a server of the tasks in a store. Nothing happens before it is asked or started. */
export function createTaskServer(options: ServerOptions): TaskServer {
  const settings = resolveServerOptions(options);
  const { store, log } = settings;
  const tasks = new Tasks(store);
  const queue = new GifQueue(settings, tasks);
  let stored: readonly ApiKey[] | undefined;
  const app = routes(settings, tasks, queue, () => stored ?? []);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();

  const readStored = async () => {
    stored = await readKeys(store);
  };
  const sweep = async (isFull?: boolean) => {
    await readStored();
    await queue.sweep(isFull);
  };
  const again = async () => {
    running = sweep().catch((error: unknown) => log({ event: "sweep_error", error: describeError(error) }));
    await running;
    if (!isStopped) timer = setTimeout(() => void again(), SWEEP_MS);
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
    async start() {
      await readStored();
      queue.start();
      void again();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
      await queue.stop();
    },
  };
}
