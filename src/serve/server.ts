import { assembleGif } from "../js/assemble-gif.ts";
import { describeError } from "../js/errors.ts";
import { type ApiKey, readKeys } from "./auth.ts";
import { type Assemble, GifQueue, type Log } from "./gif-queue.ts";
import { routes } from "./routes.ts";
import type { Store } from "./store.ts";
import { Tasks } from "./task-store.ts";

/** How to serve tasks. Only `store` has to be given. */
export type ServerOptions = {
  /** Where tasks are kept, and keys: without any, the server answers on this machine only. See `addKey`. */
  store: Store;
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

type Optional = "publicUrl" | "dashboard";

/** All that was said, and the defaults of what was not. */
export type Settings = Required<Omit<ServerOptions, Optional>> & Pick<ServerOptions, Optional>;

/** How often the store is searched for tasks that have ended. */
const SWEEP_MS = 5000;
const DEFAULTS: Omit<Settings, "store"> = {
  corsOrigins: [],
  keepDays: 30,
  workers: 1,
  screenshotBytes: 20 << 20,
  screenshots: 1000,
  taskBytes: 256 << 20,
  uploadBytes: 128 << 20,
  leaseMs: 15_000,
  log: () => {},
  assemble: assembleGif,
};

/** Makes a server of the tasks in a store. Nothing happens before it is asked or started. */
export function createTaskServer(options: ServerOptions): TaskServer {
  const said = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const settings = { ...DEFAULTS, ...(said as ServerOptions) };
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
