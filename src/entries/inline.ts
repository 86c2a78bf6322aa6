/**
 * task-gif in a single file, with the worker and the wasm inside, for pages that can load nothing else.
 *
 * @packageDocumentation
 */
import assembler from "embedded:task_gif_bg.wasm";
import client from "embedded:task_gif_client_bg.wasm";
import worker from "embedded:worker.js";
import { usePlatform } from "../js/platform/platform.ts";
import { mostWorkers } from "../js/platform/worker-count.ts";
import { fetchBlob } from "../js/sources/to-blob.ts";
import { useStills } from "../js/task-gif.ts";
import { blobWorker, callingThread } from "../js/workers/web-worker.ts";

/** Deflated by the build, which a page can undo and which halves the file. */
async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

usePlatform({
  workers: [(events) => blobWorker(worker, events), callingThread],
  wasm: { assembler: () => inflate(assembler), client: () => inflate(client) },
  readUrl: fetchBlob,
  mostWorkers,
});

useStills(() => import("../js/inspect/gif-stills.lazy.ts"));

export * from "../js/api/index.ts";
