import type { PollInfo, UnavailableReason, WaitOptions, WaitResult } from "./client-types.ts";
import type { ApiClient, Waiting } from "./wasm-client.ts";
import { toClientError } from "./wasm-client.ts";

/** Checked options of a wait. */
export type ResolvedWaitOptions = Omit<WaitOptions, "timeout"> & { timeout: number };

type Caller = {
  /** Deadline of this caller. */
  deadline: number;
  onPoll: WaitOptions["onPoll"];
  settle(result: Promise<WaitResult> | WaitResult): void;
  timer?: ReturnType<typeof setTimeout>;
};

/** One wait for one task, shared by all callers that wait for it. */
class SharedWait {
  readonly #waiting: Waiting;
  readonly #controller = new AbortController();
  readonly #callers = new Set<Caller>();
  readonly #result: Promise<WaitResult>;
  #deadline = 0;

  constructor(waiting: Waiting, over: () => void) {
    this.#waiting = waiting;
    this.#result = waiting.run(this.#controller.signal, (info: PollInfo) => this.#tell(info)) as Promise<WaitResult>;
    const end = () => {
      over();
      for (const caller of [...this.#callers]) caller.settle(this.#result);
      waiting.free();
    };
    this.#result.then(end, end);
  }

  /** Resolves with the outcome, or earlier: when this caller's own time is up or its signal is aborted. */
  join({ signal, timeout, onPoll }: ResolvedWaitOptions): Promise<WaitResult> {
    return new Promise((resolve, reject) => {
      const caller: Caller = {
        deadline: Date.now() + timeout,
        onPoll,
        settle: (result) => {
          this.#leave(caller);
          signal?.removeEventListener("abort", abort);
          resolve(result);
        },
      };
      const abort = () => {
        this.#leave(caller);
        reject(signal?.reason);
        if (this.#callers.size === 0) this.#controller.abort();
      };
      signal?.addEventListener("abort", abort, { once: true });
      this.#callers.add(caller);
      this.#reach(caller.deadline, timeout);
    });
  }

  /** Moves the common deadline; callers with an earlier one get a timer of their own. */
  #reach(deadline: number, timeout: number): void {
    if (deadline > this.#deadline) {
      if (this.#deadline > 0) this.#waiting.extend(timeout);
      this.#deadline = deadline;
    }
    for (const caller of this.#callers) {
      if (caller.deadline >= this.#deadline || caller.timer !== undefined) continue;
      caller.timer = setTimeout(
        () => {
          caller.settle({ status: "unavailable", reason: this.#waiting.reason as UnavailableReason });
        },
        Math.max(0, caller.deadline - Date.now()),
      );
    }
  }

  #leave(caller: Caller): void {
    this.#callers.delete(caller);
    clearTimeout(caller.timer);
  }

  #tell(info: PollInfo): void {
    for (const { onPoll } of [...this.#callers]) onPoll?.(info);
  }
}

/** Waits for GIFs, with one poller for each task however many callers there are. */
export class Poller {
  readonly #waits = new Map<string, SharedWait>();

  /** Waits for the GIF of a task; callers of the same task share one poller, whose interval is that of the first. */
  async wait(api: ApiClient, taskId: string, options: ResolvedWaitOptions): Promise<WaitResult> {
    options.signal?.throwIfAborted();
    try {
      // A call with timeout 0 asks once and wants the current state, so it does not join a running poller.
      const shared = options.timeout === 0 ? this.#open(api, taskId, options, false) : this.#find(api, taskId, options);
      return await shared.join(options);
    } catch (error) {
      throw toClientError(error);
    }
  }

  #find(api: ApiClient, taskId: string, options: ResolvedWaitOptions): SharedWait {
    const running = this.#waits.get(taskId);
    if (running) return running;
    const shared = this.#open(api, taskId, options, true);
    this.#waits.set(taskId, shared);
    return shared;
  }

  #open(
    api: ApiClient,
    taskId: string,
    { timeout, interval, isNew }: ResolvedWaitOptions,
    isKept: boolean,
  ): SharedWait {
    const waiting = api.waiting(taskId, { timeoutMs: timeout, intervalMs: interval, isNew });
    return new SharedWait(waiting, () => {
      if (isKept) this.#waits.delete(taskId);
    });
  }
}
