import { readJson, type Store, writeJson } from "./store.ts";

/** How long a lease holds, and how often its holder makes it longer. */
export type LeaseTimes = { leaseMs: number; renewMs: number };

type Stored = { owner: string; until: number };

/** A task at which servers end again and again is tried less and less often, down to this share. */
const MOST_PATIENCE = 16;
const NAME = /^lease-(\d{1,9})\.json$/;

/**
 * The right to make the GIF of a task, among all servers on a store. Leases are numbered files: to follow one that has
 * run out, a server writes the next number, which only one can. The clocks of the servers must agree within seconds;
 * if they do not, a GIF is made twice, which costs time and nothing else.
 */
export class Lease {
  #timer: ReturnType<typeof setInterval> | undefined;
  #isReleased = false;

  private constructor(
    private readonly store: Store,
    private readonly folder: string,
    private readonly owner: string,
    private readonly times: LeaseTimes,
    /** Holders before this one that did not come to an end. */
    readonly attempts: number,
  ) {
    this.#timer = setInterval(() => void this.#renew(), times.renewMs);
  }

  /** Takes the lease of a task's folder, unless somebody has it. */
  static async take(store: Store, folder: string, owner: string, times: LeaseTimes): Promise<Lease | undefined> {
    const numbers = await numbersIn(store, folder);
    const last = numbers.at(-1);
    if (last !== undefined) {
      const held = await readJson<Stored>(store, keyOf(folder, last));
      if (held && held.until > Date.now()) return undefined;
    }
    const next = last === undefined ? 0 : last + 1;
    const stored: Stored = { owner, until: untilOf(times, next) };
    if (!(await writeJson(store, keyOf(folder, next), stored, { ifAbsent: true, isPassing: true }))) return undefined;
    return new Lease(store, folder, owner, times, next);
  }

  /** Holds it no longer, but leaves it to run out: the next try comes later, and is counted. */
  abandon(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Gives it back; those that ran out before it go as well. */
  async release(): Promise<void> {
    this.abandon();
    this.#isReleased = true;
    for (const number of await numbersIn(this.store, this.folder)) {
      if (number <= this.attempts) await this.store.write(keyOf(this.folder, number), null);
    }
  }

  /** A store that cannot be reached now may be in a moment; the lease is long enough for several tries. */
  async #renew(): Promise<void> {
    const stored: Stored = { owner: this.owner, until: untilOf(this.times, this.attempts) };
    await writeJson(this.store, keyOf(this.folder, this.attempts), stored, { isPassing: true }).catch(() => {});
    // It may have been given back while this was being written.
    if (this.#isReleased) await this.store.write(keyOf(this.folder, this.attempts), null).catch(() => {});
  }
}

async function numbersIn(store: Store, folder: string): Promise<number[]> {
  const names = await store.list(`${folder}/gif`);
  return names
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

function untilOf({ leaseMs }: LeaseTimes, attempts: number): number {
  return Date.now() + leaseMs * Math.min(2 ** attempts, MOST_PATIENCE);
}

const keyOf = (folder: string, number: number) => `${folder}/gif/lease-${number}.json`;
