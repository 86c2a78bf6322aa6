import { TaskGifError } from "../task-gif-error.ts";
import type { Pool } from "../workers/pool.ts";
import type { WorkerLostError } from "../workers/worker-lost-error.ts";
import type { WorkerSession } from "../workers/worker-session.ts";
import type { Attempt } from "./attempt/attempt.ts";

/** Replaces workers that crashed during one assembly. A second crash ends the assembly: then the input is the likely cause. */
export class CrashRecovery {
  #crashes = 0;

  constructor(private readonly pool: Pool) {}

  /**
   * Returns the sessions for the next attempt: those of `attempt`, with new workers in place of lost ones.
   *
   * @throws `TaskGifError` `WORKER_CRASHED` when a worker has trapped for the second time.
   */
  sessionsAfter(lost: WorkerLostError, { frames, sessions }: Attempt): WorkerSession[] {
    if (lost.crashed && ++this.#crashes > 1) {
      const frame = lost.index === undefined ? undefined : frames[lost.index]?.sourceIndex;
      const at = frame === undefined ? "" : `screenshot ${frame}: `;
      const message = `${at}a worker crashed twice (${lost.message}); try without this screenshot, or in smaller size`;
      throw new TaskGifError("WORKER_CRASHED", message, frame, lost);
    }
    const next = [...sessions];
    sessions.forEach((session, i) => {
      if (session.lost) next[i] = this.pool.replacement(next);
    });
    return next;
  }
}
