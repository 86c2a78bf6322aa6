import { TaskGifError } from "../../task-gif-error.ts";
import type { Pool } from "../../workers/pool.ts";
import { WorkerLostError } from "../../workers/worker-lost-error.ts";
import type { WorkerSession } from "../../workers/worker-session.ts";
import type { Attempt } from "../attempt/attempt.ts";
import type { WorkerGrowth } from "./worker-growth.ts";

/** A worker that did not start, which fewer workers do without. */
const NOT_STARTED = new Set(["WASM_FAILED", "WORKER_FAILED"]);

/**
 * What one assembly goes on with when a worker crashed, did not start or had no memory left. The first crash may be the
 * worker's fault; the second is not.
 */
export class CrashRecovery {
  #crashes = 0;

  constructor(
    private readonly pool: Pool,
    private readonly growth: WorkerGrowth,
  ) {}

  /**
   * The sessions that the next attempt goes on with after `error`: those of `attempt` that are left, or another worker in
   * place of the only one. `undefined` where other sessions are of no help.
   *
   * @throws `TaskGifError` `WORKER_CRASHED` when a worker has trapped for the second time.
   */
  sessionsAfter(error: unknown, attempt: Attempt): readonly WorkerSession[] | undefined {
    const { sessions } = attempt;
    const lost = sessions.filter((session) => session.lost);
    if (error instanceof WorkerLostError) {
      this.#count(error, attempt);
      return this.growth.without(lost, sessions) ?? this.#replaced(sessions);
    }
    if (!(error instanceof TaskGifError)) return undefined;
    // One alone has what all of them had.
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
