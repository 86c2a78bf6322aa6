import { assembleGif } from "../../js/assemble.ts";
import { describeError } from "../../js/errors.ts";
import { type ApiKey, MediaSigner, readKeys } from "./access.ts";
import { type Assemble, GifQueue, type Log } from "./queue.ts";
import { DAY_MS, removeExpired } from "./retention.ts";
import { routes } from "./routes.ts";
import type { Store } from "./store.ts";
import { TaskFinder } from "./tasks.ts";

/** How to serve tasks. Only `store` has to be given. */
export type ServerOptions = {
  /** Where tasks are kept. */
  store: Store;
  /** Keys that open the API, beside those in the store. Without any, the server answers on this machine only. */
  keys?: readonly ApiKey[];
  /** What addresses of media begin with, as in `https://gifs.example.com`; default: as the server was asked. */
  publicUrl?: string;
  /** Origins of other sites whose pages may use the API. */
  corsOrigins?: readonly string[];
  /** Days that media are kept after the end of a task; default 30, `Infinity` for ever. */
  keepDays?: number;
  /** Worker threads for one GIF; default 1, so that requests are answered meanwhile. */
  workers?: number;
  /** Most bytes of one screenshot; default 20 MB. */
  screenshotBytes?: number;
  /** Most screenshots of a task; default 1000. */
  screenshots?: number;
  /** Most bytes of the screenshots of a task together; default 256 MB. They are in memory while its GIF is made. */
  taskBytes?: number;
  /** Most bytes of uploads that are in memory at the same time; default 128 MB. Others are told to come again. */
  uploadBytes?: number;
  /** How often the store is searched for tasks that have ended, in ms; default 5000. */
  sweepMs?: number;
  /** How long a server that has ended keeps others from making a GIF, in ms; default 15 000. */
  leaseMs?: number;
  /** Files of a dashboard to serve beside the API. */
  dashboard?: Store;
  /** Hears of every request and every GIF. No secret is ever in it. */
  log?: Log;
  /** Makes the GIFs; default `assembleGif`. */
  assemble?: Assemble;
};

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

const HOUR_MS = 3_600_000;

/** Makes a server of the tasks in a store. Nothing happens before it is asked or started. */
export function createTaskServer(options: ServerOptions): TaskServer {
  const { store, log = () => {}, keepDays = 30, sweepMs = 5000, leaseMs = 15_000 } = options;
  const finder = new TaskFinder(store);
  const keepMs = keepDays * DAY_MS;
  const queue = new GifQueue({
    store,
    finder,
    log,
    keepMs,
    assemble: options.assemble ?? assembleGif,
    workers: options.workers ?? 1,
    taskBytes: options.taskBytes ?? 256 << 20,
    times: { leaseMs, renewMs: leaseMs / 3 },
  });
  let stored: readonly ApiKey[] | undefined;
  const app = routes({
    store,
    finder,
    queue,
    log,
    keepMs,
    uploadBytes: options.uploadBytes ?? 128 << 20,
    signer: new MediaSigner(store),
    keys: () => [...(options.keys ?? []), ...(stored ?? [])],
    publicUrl: options.publicUrl?.replace(/\/+$/, ""),
    corsOrigins: options.corsOrigins ?? [],
    screenshotBytes: options.screenshotBytes ?? 20 << 20,
    screenshots: options.screenshots ?? 1000,
    dashboard: options.dashboard,
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  let sweptAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> = Promise.resolve();

  const readStored = async () => {
    stored = await readKeys(store);
  };
  const sweep = async () => {
    await readStored();
    if (performance.now() - sweptAt > HOUR_MS) {
      sweptAt = performance.now();
      queue.lookAgain();
      await removeExpired(store, finder, keepMs, log);
    }
    await queue.sweep();
  };
  const again = async () => {
    running = sweep().catch((error: unknown) => log({ event: "sweep_error", error: describeError(error) }));
    await running;
    if (!isStopped) timer = setTimeout(() => void again(), sweepMs);
  };
  return {
    async fetch(request) {
      // A server that has not read its keys must not answer as if there were none.
      if (stored === undefined) await readStored();
      return app.fetch(request);
    },
    async sweep() {
      sweptAt = Number.NEGATIVE_INFINITY;
      await sweep();
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
