import type { WorkerKind } from "../public-types.ts";
import type { FromWorker } from "./protocol.ts";
import { channelTransport, type TransportEvents, type WorkerTransport } from "./worker-transport.ts";

/** The transport of a browser's worker. */
export function workerTransport(kind: WorkerKind, worker: Worker, events: TransportEvents): WorkerTransport {
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => events.message(data);
  worker.onmessageerror = () => events.error("an answer of the worker could not be read");
  worker.onerror = (event) => {
    event.preventDefault(); // it is dealt with
    events.error(event.message || "the worker script could not be loaded");
  };
  return {
    kind,
    post: (message, transfer) => worker.postMessage(message, transfer),
    terminate: () => worker.terminate(),
    hold: () => {},
  };
}

/** A worker whose script is `source`. */
export function blobWorker(source: string, events: TransportEvents): WorkerTransport {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module", name: "task-gif" });
  const message = (reply: FromWorker) => {
    URL.revokeObjectURL(url); // it has loaded
    events.message(reply);
  };
  return workerTransport("blob", worker, { ...events, message });
}

/** A request handler on the calling thread, where no worker can be started. */
export function callingThread(events: TransportEvents): Promise<WorkerTransport> {
  return channelTransport(events, async () => (await import("./attach-request-handler.ts")).attachRequestHandler);
}
