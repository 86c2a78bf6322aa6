import { callingThread, type Endpoint, type EndpointEvents } from "./endpoint.ts";
import { fetchBlob } from "./inputs.ts";
import type { FromWorker } from "./protocol.ts";
import type { Platform } from "./runtime.ts";
import type { WorkerKind } from "./types.ts";

/** A browser: module workers, then workers from a blob, then the calling thread. */
export const browser: Platform = {
  workers: [moduleWorker, blobWorker, ownThread],
  // Bundlers find the file by exactly this form.
  wasm: () => new URL("task_gif_bg.wasm", import.meta.url),
  readUrl: fetchBlob,
  mostWorkers: () => Math.min(navigator.hardwareConcurrency || 2, isMobile() ? 4 : 8),
};

function moduleWorker(events: EndpointEvents): Endpoint {
  // Bundlers find the file by exactly this form. The worker begins to listen only under this name.
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "task-gif" });
  return endpoint("module", worker, events);
}

/** For a package on another origin, where a worker cannot be started from but a module can be imported from. */
function blobWorker(events: EndpointEvents): Endpoint {
  const address = new URL("./worker.js", import.meta.url).href;
  const script = new Blob([`import ${JSON.stringify(address)};`], { type: "text/javascript" });
  const url = URL.createObjectURL(script);
  const revoke = () => URL.revokeObjectURL(url);
  const worker = new Worker(url, { type: "module", name: "task-gif" });
  const message = (reply: FromWorker) => {
    revoke();
    events.message(reply);
  };
  return endpoint("blob", worker, { ...events, message });
}

function ownThread(events: EndpointEvents): Promise<Endpoint> {
  return callingThread(events, async () => (await import("./worker.ts")).attach);
}

function endpoint(kind: WorkerKind, worker: Worker, events: EndpointEvents): Endpoint {
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

function isMobile(): boolean {
  const { userAgentData, userAgent } = navigator as Navigator & { userAgentData?: { mobile?: boolean } };
  return userAgentData?.mobile ?? /Mobi|Android/.test(userAgent);
}
