import type { Endpoint, EndpointEvents } from "./endpoint.ts";
import { fetchBlob } from "./inputs.ts";
import type { Platform } from "./runtime.ts";
import { blobWorker, mostWorkers, ownThread, workerEndpoint } from "./web-worker.ts";

/** A browser: module workers, then workers from a blob, then the calling thread. */
export const browser: Platform = {
  workers: [moduleWorker, importingWorker, ownThread],
  // Bundlers find the file by exactly this form.
  wasm: () => new URL("task_gif_bg.wasm", import.meta.url),
  readUrl: fetchBlob,
  mostWorkers,
};

function moduleWorker(events: EndpointEvents): Endpoint {
  // Bundlers find the file by exactly this form. The worker begins to listen only under this name.
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "task-gif" });
  return workerEndpoint("module", worker, events);
}

/** For a package on another origin: no worker can be started from there, but a module can be imported from there. */
function importingWorker(events: EndpointEvents): Endpoint {
  const address = new URL("./worker.js", import.meta.url).href;
  return blobWorker(`import ${JSON.stringify(address)};`, events);
}
