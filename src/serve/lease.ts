import { readJson, type Store, type WriteWishes, writeJson } from "./stores/store.ts";

/** The right to make the GIF of a task. */
export type Lease = {
  /** Holders before this one that did not come to an end. */
  attempts: number;
  /** Holds it no longer, but leaves it to run out: the next try comes later, and is counted. */
  abandon(): void;
  /** Gives it back; those that ran out before it go as well. */
  release(): Promise<void>;
};

/** A task at which servers end again and again is tried less and less often, down to this share. */
const MOST_PATIENCE = 16;
const NAME = /^lease-(\d{1,9})\.json$/;

/**
 * Takes the lease of a task among all servers on a store, unless somebody has it. Leases are numbered files in the home
 * of the task: to follow one that has run out, a server writes the next number, which only one can. The clocks of the
 * servers must agree within seconds; if they do not, a GIF is made twice, which costs time and nothing else.
 */
export async function takeLease(store: Store, home: string, leaseMs: number): Promise<Lease | undefined> {
  const keyOf = (number: number) => `${home}/lease-${number}.json`;
  const numbers = async () => (await store.list(home)).flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number);
  const last = Math.max(-1, ...(await numbers()));
  const held = last < 0 ? undefined : await readJson<{ until: number }>(store, keyOf(last));
  if (held && held.until > Date.now()) return undefined;
  const attempts = last + 1;
  const write = (wishes?: WriteWishes) => {
    const until = Date.now() + leaseMs * Math.min(2 ** attempts, MOST_PATIENCE);
    return writeJson(store, keyOf(attempts), { until }, { ...wishes, isPassing: true });
  };
  if (!(await write({ ifAbsent: true }))) return undefined;
  let isReleased = false;
  const renew = async () => {
    await write();
    // It may have been given back while this was being written.
    if (isReleased) await store.write(keyOf(attempts), null);
  };
  // A store that cannot be reached now may be in a moment; the lease is long enough for several tries.
  const timer = setInterval(() => void renew().catch(() => {}), leaseMs / 3);
  return {
    attempts,
    abandon: () => clearInterval(timer),
    async release() {
      clearInterval(timer);
      isReleased = true;
      for (const number of await numbers()) if (number <= attempts) await store.write(keyOf(number), null);
    },
  };
}
