/** Everything that the entries of the server export, whatever the platform. */

export { initClient } from "../js/api/client-exports.ts";
export { init } from "../js/api/index.ts";
export type * from "../js/public-types.ts";
export { type ApiKey, addKey } from "./auth/api-keys.ts";
export { createTaskWorker, type TaskWorker } from "./gifs/worker.ts";
export type { GifJob, GifQueue, Priority, QueueCounts, RunJob } from "./queue/gif-queue.ts";
export { createTaskServer, type TaskServer } from "./server.ts";
export type {
  Assemble,
  AssembledGif,
  GifOptions,
  Log,
  MakePoster,
  MakerOptions,
  ServerOptions,
  WebhookOptions,
  WorkerOptions,
} from "./server-options.ts";
export { type S3Options, S3Store } from "./stores/s3-store.ts";
export type { ByteRange, ChooseRange, Store, StoredFacts, StoredFile, WriteOptions } from "./stores/store.ts";
export type { StoreSummary } from "./stores/store-summary.ts";
