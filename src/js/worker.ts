import { instantiate } from "./bindings.ts";
import { LaneHost } from "./lane-host.ts";
import type { ToWorker } from "./protocol.ts";

/** What a worker, and one end of a channel, can do. */
type Port = {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
};

/** Lets a host answer what comes in at `port`. */
export function attach(port: Port, pause?: () => Promise<void>): void {
  const host = new LaneHost(instantiate, (reply, transfer) => port.postMessage(reply, transfer), pause);
  port.onmessage = ({ data }) => host.handle(data);
  // A message that did not survive the way can only be the first: its module was refused.
  port.onmessageerror = () => port.postMessage({ id: 0, memoryBytes: 0, type: "stale" }, []);
}

// This file is also imported where no workers can be had, perhaps in somebody else's worker.
const scope = globalThis as unknown as Port & { name?: string; WorkerGlobalScope?: unknown };
if (scope.WorkerGlobalScope && scope.name === "task-gif") attach(scope);
