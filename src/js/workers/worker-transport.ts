import { nextMacrotask } from "../next-macrotask.ts";
import type { WorkerKind } from "../public-types.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

/** Posts messages to a worker of any kind. */
export interface WorkerTransport {
  readonly kind: WorkerKind;
  /** Posts a message. Throws a `DataCloneError` when a part of it cannot be posted. */
  post(message: ToWorker, transfer: Transferable[]): void;
  /** Stops the worker at once, also during a request. */
  terminate(): void;
  /** Sets whether the process must keep running while this worker does. Node only. */
  hold(busy: boolean): void;
}

/** Events of a transport. */
export type TransportEvents = {
  message(message: FromWorker): void;
  /** The worker failed to load, or died. */
  error(message: string): void;
};

/** Starts a worker of one kind; the pool tries the kinds in order. */
export type TransportFactory = (events: TransportEvents) => WorkerTransport | Promise<WorkerTransport>;

/**
 * A transport to a request handler on the calling thread, for environments without workers. Messages go through a `MessageChannel`,
 * so that they are cloned as for a worker, and other tasks run in between.
 */
export async function channelTransport(
  events: TransportEvents,
  loadHost: () => Promise<(port: MessagePort, pause: () => Promise<void>) => void>,
): Promise<WorkerTransport> {
  const attach = await loadHost();
  const { port1, port2 } = new MessageChannel();
  attach(port2, nextMacrotask);
  port1.onmessage = (event: MessageEvent<FromWorker>) => events.message(event.data);
  return {
    kind: "main",
    post: (message, transfer) => port1.postMessage(message, transfer),
    terminate: () => {
      port1.close();
      port2.close();
    },
    hold: () => {},
  };
}
