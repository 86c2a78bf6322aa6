import type { Log } from "../server-options.ts";

/** Logs why tasks have no GIF, once for each reason. */
export class FailureLog {
  readonly #told = new Map<string, string>();

  constructor(private readonly log: Log) {}

  /** Logs the reason, unless it is the last one that was logged for this task. */
  tell(event: string, task: string, reason: Record<string, string>, facts: Record<string, number> = {}): void {
    const told = JSON.stringify([event, reason]);
    if (this.#told.get(task) === told) return;
    this.#told.set(task, told);
    this.log({ event, task, ...facts, ...reason });
  }
}
