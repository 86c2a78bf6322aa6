import { TaskGifError } from "../../task-gif-error.ts";
import type { Pool } from "../../workers/pool.ts";
import { WorkerLostError } from "../../workers/worker-lost-error.ts";
import type { WorkerSession } from "../../workers/worker-session.ts";
import type { Attempt } from "../attempt/attempt.ts";
import type { WorkerGrowth } from "./worker-growth.ts";

/** Error codes of workers that did not start. An assembly can continue without them. */
const NOT_STARTED = new Set(["WASM_FAILED", "WORKER_FAILED"]);

/**
 * Decides how one assembly continues after a worker crashed, did not start or ran out of memory. The first crash may be the
 * fault of the worker, the second is not.
 */
export class CrashRecovery {
  #crashes = 0;

  constructor(
    private readonly pool: Pool,
    private readonly growth: WorkerGrowth,
  ) {}

  /**
   * Returns the sessions of the next attempt after `error`: the remaining sessions of `attempt`, or a new worker in place of
   * the only one. Returns `undefined` if other sessions do not help.
   *
   * @throws `TaskGifError` `WORKER_CRASHED` when a worker traps for the second time.
   */
  sessionsAfter(error: unknown, attempt: Attempt): readonly WorkerSession[] | undefined {
    const { sessions } = attempt;
    const lost = sessions.filter((session) => session.lost);
    if (error instanceof WorkerLostError) {
      this.#count(error, attempt);
      return this.growth.without(lost, sessions) ?? this.#replaced(sessions);
    }
    if (!(error instanceof TaskGifError)) return undefined;
    // A single session gets the memory of all of them.
    if (error.code === "OUT_OF_MEMORY") return this.growth.withoutMemoryFor(sessions.slice(1), sessions);
    return NOT_STARTED.has(error.code) ? this.growth.without(lost, sessions) : undefined;
  }

  #count(lost: WorkerLostError, { frames }: Attempt): void {
    if (!lost.crashed || ++this.#crashes === 1) return;
    const frame = lost.index === undefined ? undefined : frames[lost.index]?.sourceIndex;
    const at = frame === undefined ? "" : `screenshot ${frame}: `;
    const message = `${at}a worker crashed twice (${lost.message}); try without this screenshot, or in smaller size`;
    throw new TaskGifError("WORKER_CRASHED", message, frame, lost);
  }

  #replaced(sessions: readonly WorkerSession[]): WorkerSession[] {
    const next = [...sessions];
    sessions.forEach((session, i) => {
      if (session.lost) next[i] = this.pool.another(next);
    });
    return next;
  }
}
