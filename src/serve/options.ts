import { assembleGif } from "../js/api/assemble-gif.ts";
import type { DescribedScreenshot, GifStats, Options } from "../js/types.ts";
import type { Store } from "./stores/store.ts";

/** What is made, as far as a server has to know. */
export type Made = {
  /** The GIF. */
  blob: Blob;
  /** What was wished for and is not in it, which goes into the log. */
  stats?: Partial<Pick<GifStats, "warnings" | "skipped">>;
};

/** Makes a GIF; `assembleGif` by default. */
export type Assemble = (screenshots: AsyncIterable<DescribedScreenshot>, options: Options) => Promise<Made>;

/** Tells what happens, as fields of one line. */
export type Log = (event: Record<string, unknown>) => void;

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
  /** Most bytes of one screenshot; default 20,000,000. */
  screenshotBytes?: number;
  /** Most screenshots of a task; default 1,000. */
  screenshots?: number;
  /** Most bytes of the screenshots of a task together; default 256,000,000. They are in memory while its GIF is made. */
  taskBytes?: number;
  /** Most bytes of uploads that are in memory at the same time; default 128,000,000. Others are told to come again. */
  uploadBytes?: number;
  /** How long a server that has ended keeps others from making a GIF, in ms; default 15,000. */
  leaseMs?: number;
  /** Files of a dashboard to serve beside the API. */
  dashboard?: Store;
  /** Hears of every request and every GIF. No secret is ever in it. */
  log?: Log;
  /** Makes the GIFs; default `assembleGif`. */
  assemble?: Assemble;
};

type Optional = "publicUrl" | "dashboard";

/** Server options with every default in place. */
export type ResolvedServerOptions = Required<Omit<ServerOptions, Optional>> & Pick<ServerOptions, Optional>;

/** What is not said, and how the command line says it. */
export const SERVER_DEFAULTS: Omit<ResolvedServerOptions, "store"> = {
  corsOrigins: [],
  keepDays: 30,
  workers: 1,
  screenshotBytes: 20_000_000,
  screenshots: 1000,
  taskBytes: 256_000_000,
  uploadBytes: 128_000_000,
  leaseMs: 15_000,
  log: () => {},
  assemble: assembleGif,
};

/** Fills in the defaults; an option that is `undefined` counts as missing. */
export function resolveServerOptions(options: ServerOptions): ResolvedServerOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...SERVER_DEFAULTS, ...(given as ServerOptions) };
}
