import { parentPort } from "node:worker_threads";
import { instantiate } from "../js/bindings.ts";
import { LaneHost } from "../js/lane-host.ts";
import type { FromWorker, ToWorker } from "../js/protocol.ts";
import { takePriority } from "./priority.ts";

const port = parentPort;
if (port) {
  takePriority();
  const post = (reply: FromWorker, transfer: Transferable[]) =>
    port.postMessage(reply, transfer as readonly ArrayBuffer[]);
  const host = new LaneHost(instantiate, post);
  port.on("message", (message: ToWorker) => host.handle(message));
  port.on("messageerror", () => post({ id: 0, memoryBytes: 0, type: "stale" }, []));
}
