import { assembleGif } from "../js/api/assemble-gif.ts";
import type { DescribedScreenshot, GifStats, Options } from "../js/public-types.ts";
import type { GifQueue } from "./queue/gif-queue.ts";
import type { Store } from "./stores/store.ts";
import { UPLOAD_LIMITS, type UploadLimits } from "./uploads/upload-limits.ts";

/** The result of an assembly, as far as a server uses it. */
export type AssembledGif = {
  /** The GIF. */
  blob: Blob;
  /** Returns its most informative frame as a PNG. Without this method the GIF has no poster. */
  poster?(options: { width: number }): Promise<Blob>;
  /** Warnings and skipped screenshots, for the log. */
  stats?: Partial<Pick<GifStats, "warnings" | "skipped">>;
};

/** Makes a GIF; `assembleGif` by default. */
export type Assemble = (screenshots: AsyncIterable<DescribedScreenshot>, options: Options) => Promise<AssembledGif>;

/** Writes one line of the log, with these fields. */
export type Log = (event: Record<string, unknown>) => void;

/** Options of `assembleGif` that a server can be given. */
export type GifOptions = Omit<Options, "workers" | "onBadFrame" | "minFrames" | "signal" | "onProgress">;

/** Options for making GIFs, in a server or in separate workers. */
export type MakerOptions = {
  /** Store of tasks and keys. Without keys, the server answers requests from this machine only. See `addKey`. */
  store: Store;
  /** Days that media are kept after the end of a task; default 30, `Infinity` for ever. */
  keepDays?: number;
  /** Default options of GIFs, such as captions and limits; default: those of the library. */
  gifOptions?: GifOptions;
  /** Number of worker threads for one GIF; default 1, so that the server can answer requests meanwhile. */
  workers?: number;
  /** Maximum total bytes of the screenshots of a task; default 256,000,000. They are in memory while its GIF is made. */
  taskBytes?: number;
  /** Called for every request and every GIF. Its fields never contain secrets. */
  log?: Log;
  /** Makes the GIFs; default `assembleGif`. */
  assemble?: Assemble;
  /** Makes the posters; default `gif.poster()`, which blocks the thread meanwhile. */
  makePoster?: MakePoster;
  /** Start of the URLs of media, such as `https://gifs.example.com`; default: the origin of the request. */
  publicUrl?: string;
  /** Receiver of a message for each GIF that is ready or has failed; default: none. */
  webhook?: WebhookOptions;
};

/** Makes the poster of a GIF as a PNG. */
export type MakePoster = (gif: AssembledGif, options: { width: number }) => Promise<Blob>;

/** A receiver of messages about GIFs. Messages are signed according to Standard Webhooks 1.0. */
export type WebhookOptions = {
  /** URL for the messages (POST). Redirects are not followed. */
  url: string;
  /** Shared secret: `whsec_` and 24 to 64 random bytes in base64. */
  secret: string;
  /** Queue of messages, separate from that of GIFs; default: in this process. */
  queue?: GifQueue;
};

/** Options of a worker without a server. `store` and `queue` are required. */
export type WorkerOptions = MakerOptions & {
  /** Queue of jobs. */
  queue: GifQueue;
  /** Maximum number of GIFs that are made at the same time; default 1. */
  concurrency?: number;
};

/** Options of a server. Only `store` is required. */
export type ServerOptions = MakerOptions &
  UploadLimits & {
    /** Queue of jobs for separate workers; default: the server makes the GIFs itself. */
    queue?: GifQueue;
    /** Maximum number of GIF requests per key and minute; default: unlimited. Further requests get 429 and Retry-After. */
    keyLimit?: number;
    /** Origins of other sites that may use the API. */
    corsOrigins?: readonly string[];
    /** Files of a dashboard, which is served beside the API. */
    dashboard?: Store;
  };

type Optional = "publicUrl" | "webhook" | "dashboard" | "queue";
type Resolved<Options> = Required<Omit<Options, Optional>> & Pick<Options, keyof Options & Optional>;

/** Server options with every default in place. */
export type ResolvedServerOptions = Resolved<ServerOptions>;

/** Maker options with every default in place. */
export type ResolvedMakerOptions = Resolved<MakerOptions>;

/** The default options, for the server and for the help of the command line. */
export const SERVER_DEFAULTS: Omit<ResolvedServerOptions, "store"> = {
  corsOrigins: [],
  keepDays: 30,
  gifOptions: {},
  workers: 1,
  ...UPLOAD_LIMITS,
  taskBytes: 256_000_000,
  keyLimit: Number.POSITIVE_INFINITY,
  log: () => {},
  assemble: assembleGif,
  makePoster: (gif, options) => gif.poster!(options),
};

/** Fills in the defaults; an option that is `undefined` counts as missing. */
export function resolveServerOptions(options: ServerOptions): ResolvedServerOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...SERVER_DEFAULTS, ...(given as ServerOptions) };
}
