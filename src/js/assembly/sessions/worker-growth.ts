import type { WorkerChange } from "../../public-types.ts";
import type { Pool } from "../../workers/pool.ts";
import type { WorkerSession } from "../../workers/worker-session.ts";
import type { AnalyzedFrame } from "../attempt/analyze.ts";

/**
 * Decides how many workers an assembly has. What a browser says about its processor cannot be relied on: WebKit says 4 on
 * two cores, phones say many and have little memory. So there is one worker to begin with and two for more than two
 * screenshots; more are tried while screenshots wait, and stay if the work then goes faster. Fewer go on after one was
 * lost or had no memory. The GIF's bytes do not depend on any of it.
 */

/** Answers for each worker that a throughput is measured over. */
const ANSWERS = 2;
/** The work must go faster by this factor for workers that were added to stay. */
const FASTER = 1.2;
/** Work that takes less than this many ms is over before another worker helps. */
const WORTHWHILE_MS = 200;

/** What a decision leads to; nothing where all stays as it is. */
export type GrowthStep = { add: number } | { retire: readonly WorkerSession[] } | undefined;

/** The number of workers of one assembly, from its beginning to its end. */
export class WorkerGrowth {
  /** What was decided so far. */
  readonly changes: WorkerChange[] = [];
  readonly #since = performance.now();
  readonly #pool: Pool;
  readonly #isAsked: boolean;
  #most: number;
  #isSettled: boolean;
  /** Workers that have analyzed a frame: others may still be starting. */
  #answered = new Set<WorkerSession>();
  #window: { since: number; answers: number; cost: number } | undefined;
  #before: { workers: number; rate: number } | undefined;

  /** `asked` is the number that the options have, `most` the number that the processor and the screenshots are good for. */
  constructor(pool: Pool, asked: number | undefined, most: number) {
    this.#pool = pool;
    this.#isAsked = asked !== undefined;
    this.#isSettled = this.#isAsked;
    this.#most = asked ?? most;
  }

  /** The most workers there may be, which share the memory. */
  get most(): number {
    return this.#most;
  }

  /** The sessions to begin with: as many as earlier assemblies have found useful, or one. */
  begin(): WorkerSession[] {
    if (this.#isAsked) return this.#begin(this.#most, "asked");
    const { useful, size } = this.#pool;
    if (useful !== undefined) {
      this.#isSettled = true;
      return this.#begin(Math.min(useful, this.#most), "useful");
    }
    return size > 1 ? this.#begin(Math.min(size, this.#most), "warm") : this.#begin(1, "start");
  }

  #begin(workers: number, why: WorkerChange["why"]): WorkerSession[] {
    this.#note(workers, why);
    return this.#pool.sessions(workers);
  }

  /** Takes notice that the screen is so large that memory is enough for `most` workers; how many of `workers` to keep. */
  limit(most: number, workers: number): number {
    if (this.#isAsked) return workers;
    this.#most = Math.min(this.#most, most);
    if (workers <= this.#most) return workers;
    this.#note(this.#most, "memory");
    return this.#most;
  }

  /** Decides when the screen is known and `workers` begin to analyze. */
  opened(workers: number): GrowthStep {
    if (this.#isSettled || workers > 1 || this.#most === 1) return undefined;
    this.#note(2, "screenshots");
    return { add: 1 };
  }

  /** Decides when a frame was analyzed by one of `sessions`. */
  analyzed({ session, cost, waiting }: AnalyzedFrame, sessions: readonly WorkerSession[]): GrowthStep {
    if (this.#isSettled) return undefined;
    const workers = sessions.length;
    this.#answered.add(session);
    if (!sessions.every((each) => this.#answered.has(each))) return undefined;
    if (waiting === 0) {
      // Nobody knows how fast they would be.
      this.#window = undefined;
      return undefined;
    }
    const now = performance.now();
    if (!this.#window) {
      this.#window = { since: now, answers: 0, cost: 0 };
      return undefined;
    }
    this.#window.answers++;
    this.#window.cost += cost;
    if (this.#window.answers < ANSWERS * workers) return undefined;
    const rate = this.#window.cost / Math.max(now - this.#window.since, 1);
    this.#window = undefined;
    return this.#decide(workers, rate, waiting, sessions);
  }

  #decide(workers: number, rate: number, waiting: number, sessions: readonly WorkerSession[]): GrowthStep {
    const before = this.#before;
    this.#before = { workers, rate };
    if (before && rate < FASTER * before.rate) {
      this.#settle(before.workers);
      this.#note(before.workers, "not-faster");
      return { retire: sessions.slice(before.workers) };
    }
    const add = Math.min(workers, this.#most - workers);
    if (add === 0) this.#isSettled = true;
    if (add === 0 || waiting / rate < WORTHWHILE_MS) return undefined;
    this.#note(workers + add, "waiting");
    return { add };
  }

  /** The sessions to go on with when `lost` are out of them; nothing where none is left, or where the number was asked for. */
  without(
    lost: readonly WorkerSession[],
    sessions: readonly WorkerSession[],
    why: "lost" | "memory" = "lost",
  ): WorkerSession[] | undefined {
    const rest = sessions.filter((session) => !lost.includes(session));
    if (this.#isAsked || rest.length === 0 || rest.length === sessions.length) return undefined;
    this.#isSettled = true;
    this.#note(rest.length, why);
    for (const session of lost) session.close();
    return rest;
  }

  /** The same when there was no memory for all of them; later assemblies begin with no more either. */
  withoutMemoryFor(others: readonly WorkerSession[], sessions: readonly WorkerSession[]): WorkerSession[] | undefined {
    const rest = this.without(others, sessions, "memory");
    if (rest) this.#settle(rest.length);
    return rest;
  }

  /** Later assemblies begin with so many, and try no more. */
  #settle(workers: number): void {
    this.#isSettled = true;
    this.#pool.useful = workers;
  }

  #note(workers: number, why: WorkerChange["why"]): void {
    this.changes.push({ atMs: performance.now() - this.#since, workers, why });
  }
}
