import { assembleGif } from "../js/api/assemble-gif.ts";
import type { DescribedScreenshot, GifStats, Options } from "../js/public-types.ts";
import type { GifQueue } from "./queue/gif-queue.ts";
import type { Store } from "./stores/store.ts";
import { UPLOAD_LIMITS, type UploadLimits } from "./uploads/upload-limits.ts";

/** What is made, as far as a server has to know. */
export type AssembledGif = {
  /** The GIF. */
  blob: Blob;
  /** Its most telling frame as a PNG; a GIF without this has no poster. */
  poster?(options: { width: number }): Promise<Blob>;
  /** What was asked for and is not in it, which goes into the log. */
  stats?: Partial<Pick<GifStats, "warnings" | "skipped">>;
};

/** Makes a GIF; `assembleGif` by default. */
export type Assemble = (screenshots: AsyncIterable<DescribedScreenshot>, options: Options) => Promise<AssembledGif>;

/** Tells what happens, as fields of one line. */
export type Log = (event: Record<string, unknown>) => void;

/** Options of the library that the makers of GIFs leave to others. */
export type GifOptions = Omit<Options, "workers" | "onBadFrame" | "minFrames" | "signal" | "onProgress">;

/** How GIFs are made, by a server alone or by workers beside it. */
export type MakerOptions = {
  /** Where tasks are kept, and keys: without any, the server answers on this machine only. See `addKey`. */
  store: Store;
  /** Days that media are kept after the end of a task; default 30, `Infinity` for ever. */
  keepDays?: number;
  /** Options of the GIFs that nobody asked for otherwise, such as captions and limits; default those of the library. */
  gifOptions?: GifOptions;
  /** Worker threads for one GIF; default 1, so that requests are answered meanwhile. */
  workers?: number;
  /** Most bytes of the screenshots of a task together; default 256,000,000. They are in memory while its GIF is made. */
  taskBytes?: number;
  /** Hears of every request and every GIF. No secret is ever in it. */
  log?: Log;
  /** Makes the GIFs; default `assembleGif`. */
  assemble?: Assemble;
  /** Makes their posters; default `gif.poster()`, for which no request is answered meanwhile. */
  makePoster?: MakePoster;
  /** What addresses of media begin with, as in `https://gifs.example.com`; default: as the server was asked. */
  publicUrl?: string;
  /** Who is told of each GIF that is ready or has failed; default nobody. */
  webhook?: WebhookOptions;
};

/** Makes the poster of a GIF as a PNG. */
export type MakePoster = (gif: AssembledGif, options: { width: number }) => Promise<Blob>;

/** Where to tell what became of GIFs. Messages are signed as Standard Webhooks 1.0 says. */
export type WebhookOptions = {
  /** Address that messages are posted to. Redirects are not followed. */
  url: string;
  /** `whsec_` and 24 to 64 random bytes in Base64, which the receiver knows too. */
  secret: string;
  /** Where messages wait, apart from GIFs; default: in this process. */
  queue?: GifQueue;
};

/** How to make GIFs apart from a server. `store` and `queue` have to be given. */
export type WorkerOptions = MakerOptions & {
  /** Where the jobs come from. */
  queue: GifQueue;
  /** GIFs that are made at the same time; default 1. */
  concurrency?: number;
};

/** How to serve tasks. Only `store` has to be given. */
export type ServerOptions = MakerOptions &
  UploadLimits & {
    /** Where jobs wait for workers beside this server; default: it makes the GIFs itself. */
    queue?: GifQueue;
    /** Most GIFs that one key may ask for in a minute; default as many as it likes. Others are told to come again. */
    keyLimit?: number;
    /** Origins of other sites whose pages may use the API. */
    corsOrigins?: readonly string[];
    /** Files of a dashboard to serve beside the API. */
    dashboard?: Store;
  };

type Optional = "publicUrl" | "webhook" | "dashboard" | "queue";
type Resolved<Options> = Required<Omit<Options, Optional>> & Pick<Options, keyof Options & Optional>;

/** Server options with every default in place. */
export type ResolvedServerOptions = Resolved<ServerOptions>;

/** The part of them that the making of GIFs needs. */
export type ResolvedMakerOptions = Resolved<MakerOptions>;

/** What is not said, and how the command line says it. */
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
