/** What the server's entries export, wherever it runs. */

export { type ApiKey, addKey } from "../../node/serve/access.ts";
export type { Assemble, Log, Made } from "../../node/serve/queue.ts";
export { type S3Options, S3Store } from "../../node/serve/s3-store.ts";
export { createTaskServer, type ServerOptions, type TaskServer } from "../../node/serve/server.ts";
export type { ByteRange, Choose, Store, StoredFacts, StoredFile, WriteWishes } from "../../node/serve/store.ts";
export { init } from "../public.ts";
export type * from "../types.ts";
