import { parentPort } from "node:worker_threads";
import type { FromWorker, ToWorker } from "../js/workers/protocol.ts";
import { instantiate } from "../js/workers/wasm-bindings.ts";
import { WorkerRequestHandler } from "../js/workers/worker-request-handler.ts";
import { takePriority } from "./thread-priority.ts";

const port = parentPort;
if (port) {
  takePriority();
  const post = (reply: FromWorker, transfer: Transferable[]) =>
    port.postMessage(reply, transfer as readonly ArrayBuffer[]);
  const host = new WorkerRequestHandler(instantiate, post);
  port.on("message", (message: ToWorker) => host.handle(message));
  port.on("messageerror", () => post({ id: 0, memoryBytes: 0, type: "stale" }, []));
}
