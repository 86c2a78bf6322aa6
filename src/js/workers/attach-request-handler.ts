import type { ToWorker } from "./protocol.ts";
import { instantiate } from "./wasm-bindings.ts";
import { WorkerRequestHandler } from "./worker-request-handler.ts";

/** The message interface that a worker's global scope and a `MessagePort` share. */
export type Port = {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
};

/** Connects a request handler to `port`, which receives requests and sends replies. */
export function attachRequestHandler(port: Port, pause?: () => Promise<void>): void {
  const host = new WorkerRequestHandler(instantiate, (reply, transfer) => port.postMessage(reply, transfer), pause);
  port.onmessage = ({ data }) => host.handle(data);
  // Only the first message contains a wasm module, so only that one can fail to deserialize.
  port.onmessageerror = () => port.postMessage({ id: 0, memoryBytes: 0, type: "stale" }, []);
}
