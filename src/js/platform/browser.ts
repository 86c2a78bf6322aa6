import { lazyImport } from "../lazy-import.ts";
import { fetchBlob } from "../sources/to-blob.ts";
import type { Platform } from "./platform.ts";
import { mostWorkers } from "./worker-count.ts";

/** A browser: module workers, then workers from a blob, then the calling thread. */
export const browser: Platform = {
  workers: [
    async (events) => (await workers()).moduleWorker(events),
    async (events) => (await workers()).importingWorker(events),
    async (events) => (await workers()).callingThread(events),
  ],
  // Bundlers find the files by exactly this form.
  wasm: {
    assembler: () => new URL("task_gif_bg.wasm", import.meta.url),
    client: () => new URL("task_gif_client_bg.wasm", import.meta.url),
  },
  readUrl: fetchBlob,
  mostWorkers,
};

const workers = () => lazyImport(import("../workers/package-worker.lazy.ts"));
