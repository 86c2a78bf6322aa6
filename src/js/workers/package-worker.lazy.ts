import { blobWorker, workerTransport } from "./web-worker.ts";
import type { TransportEvents, WorkerTransport } from "./worker-transport.ts";

/** Workers from the package's own file; loaded with the first of them. */

export { callingThread } from "./web-worker.ts";

/** A worker that is started from its file. */
export function moduleWorker(events: TransportEvents): WorkerTransport {
  // Bundlers find the file by exactly this form. The worker begins to listen only under this name.
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "task-gif" });
  return workerTransport("module", worker, events);
}

/** For a package on another origin: no worker can be started from there, but a module can be imported from there. */
export function importingWorker(events: TransportEvents): WorkerTransport {
  const address = new URL("./worker.js", import.meta.url).href;
  return blobWorker(`import ${JSON.stringify(address)};`, events);
}
