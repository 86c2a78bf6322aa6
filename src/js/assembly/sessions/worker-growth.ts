import type { WorkerChange } from "../../public-types.ts";
import type { Pool } from "../../workers/pool.ts";
import type { WorkerSession } from "../../workers/worker-session.ts";
import type { AnalyzedFrame } from "../attempt/analyze.ts";

/**
 * Decides how many workers an assembly has. The number of cores that browsers report is not reliable: WebKit reports 4 on
 * two cores, and phones report many but have little memory. Therefore an assembly starts with one worker, or with two for
 * more than two screenshots. While screenshots wait, more workers are tried, and kept if throughput rises. After a crash or
 * without memory, the assembly continues with fewer. The bytes of the GIF do not depend on the number.
 */

/** Number of answers per worker over which throughput is measured. */
const ANSWERS = 2;
/** Added workers are kept if throughput rises by this factor. */
const FASTER = 1.2;
/** Remaining work in ms below which another worker does not help. */
const WORTHWHILE_MS = 200;

/** A decision; `undefined` if the number of workers does not change. */
export type GrowthStep = { add: number } | { retire: readonly WorkerSession[] } | undefined;

/** The number of workers of one assembly, from its beginning to its end. */
export class WorkerGrowth {
  /** The decisions so far. */
  readonly changes: WorkerChange[] = [];
  readonly #since = performance.now();
  readonly #pool: Pool;
  readonly #isAsked: boolean;
  #most: number;
  #isSettled: boolean;
  /** Workers that have analyzed a frame; the others may still be starting. */
  #answered = new Set<WorkerSession>();
  #window: { since: number; answers: number; cost: number } | undefined;
  #before: { workers: number; rate: number } | undefined;

  /** `asked`: the number in the options. `most`: the largest number that the processor and the screenshots can use. */
  constructor(pool: Pool, asked: number | undefined, most: number) {
    this.#pool = pool;
    this.#isAsked = asked !== undefined;
    this.#isSettled = this.#isAsked;
    this.#most = asked ?? most;
  }

  /** Maximum number of workers, which share the memory. */
  get most(): number {
    return this.#most;
  }

  /** Returns the initial sessions: as many as earlier assemblies found useful, or one. */
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

  /** Limits the workers to `most`, for which memory is enough. Returns how many of `workers` to keep. */
  limit(most: number, workers: number): number {
    if (this.#isAsked) return workers;
    this.#most = Math.min(this.#most, most);
    if (workers <= this.#most) return workers;
    this.#note(this.#most, "memory");
    return this.#most;
  }

  /** Makes a decision when the screen is known and `workers` begin to analyze. */
  opened(workers: number): GrowthStep {
    if (this.#isSettled || workers > 1 || this.#most === 1) return undefined;
    this.#note(2, "screenshots");
    return { add: 1 };
  }

  /** Makes a decision after one of `sessions` has analyzed a frame. */
  analyzed({ session, cost, waiting }: AnalyzedFrame, sessions: readonly WorkerSession[]): GrowthStep {
    if (this.#isSettled) return undefined;
    const workers = sessions.length;
    this.#answered.add(session);
    if (!sessions.every((each) => this.#answered.has(each))) return undefined;
    if (waiting === 0) {
      // The workers wait for screenshots, so their possible throughput is unknown.
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

  /** Returns the sessions without `lost`; `undefined` if none remains, or if the options set the number. */
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

  /** Returns the sessions without `others`, for which there was no memory. Later assemblies start with no more sessions. */
  withoutMemoryFor(others: readonly WorkerSession[], sessions: readonly WorkerSession[]): WorkerSession[] | undefined {
    const rest = this.without(others, sessions, "memory");
    if (rest) this.#settle(rest.length);
    return rest;
  }

  /** Makes later assemblies start with this number, and try no more. */
  #settle(workers: number): void {
    this.#isSettled = true;
    this.#pool.useful = workers;
  }

  #note(workers: number, why: WorkerChange["why"]): void {
    this.changes.push({ atMs: performance.now() - this.#since, workers, why });
  }
}
