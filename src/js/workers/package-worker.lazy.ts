import { blobWorker, workerTransport } from "./web-worker.ts";
import type { TransportEvents, WorkerTransport } from "./worker-transport.ts";

/** Starts workers from the package's worker file. Loaded with the first worker. */

export { callingThread } from "./web-worker.ts";

/** Starts a worker from its file. */
export function moduleWorker(events: TransportEvents): WorkerTransport {
  // Bundlers find the file by exactly this form. The worker begins to listen only under this name.
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "task-gif" });
  return workerTransport("module", worker, events);
}

/** Starts a worker that imports the package's file from another origin, where workers cannot be started from directly. */
export function importingWorker(events: TransportEvents): WorkerTransport {
  const address = new URL("./worker.js", import.meta.url).href;
  return blobWorker(`import ${JSON.stringify(address)};`, events);
}
