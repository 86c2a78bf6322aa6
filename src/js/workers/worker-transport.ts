import type { WorkerKind } from "../public-types.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";

/** Posts messages to a worker of any kind. */
export interface WorkerTransport {
  readonly kind: WorkerKind;
  /** Posts a message. Throws a `DataCloneError` when a part of it cannot be posted. */
  post(message: ToWorker, transfer: Transferable[]): void;
  /** Stops the worker at once, whatever it is doing. */
  terminate(): void;
  /** Whether the process must live on while this worker does; of meaning in Node only. */
  hold(busy: boolean): void;
}

/** What a transport reports. */
export type TransportEvents = {
  message(message: FromWorker): void;
  /** The worker failed to load, or died. */
  error(message: string): void;
};

/** Starts a worker of one kind; the pool tries the kinds in order. */
export type TransportFactory = (events: TransportEvents) => WorkerTransport | Promise<WorkerTransport>;

/**
 * A transport to a request handler on the calling thread, for where no worker can be started. Messages go through a real channel,
 * so that they are cloned as for a worker, and so that other tasks run in between.
 */
export async function channelTransport(
  events: TransportEvents,
  loadHost: () => Promise<(port: MessagePort, pause: () => Promise<void>) => void>,
): Promise<WorkerTransport> {
  const attach = await loadHost();
  const { port1, port2 } = new MessageChannel();
  attach(port2, () => new Promise((resolve) => setTimeout(resolve)));
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
