import { readJson, type Store, writeJson } from "../stores/store.ts";

/**
 * The tasks for which something is still to be done, as files in the store: whatever becomes of the queue and of the
 * processes around it, they are found again without a look at any other task.
 */
export class PendingTasks {
  readonly #folder: string;

  /** @param kind What is to be done: `pending` GIFs, or `webhooks`. */
  constructor(
    private readonly store: Store,
    kind: "pending" | "webhooks",
  ) {
    this.#folder = `.task-gif/${kind}`;
  }

  /** Notes a task. */
  async add(id: string): Promise<void> {
    await writeJson(this.store, this.#keyOf(id), { starts: 0 }, { ifAbsent: true });
  }

  /** Ids of all. */
  async list(): Promise<string[]> {
    return (await this.store.list(this.#folder)).flatMap((name) => /^(.+)\.json$/.exec(name)?.[1] ?? []);
  }

  /** How often it was tried and did not come to a good end, be it that the process was killed by it. */
  async tries(id: string): Promise<number> {
    return (await readJson<{ starts?: number }>(this.store, this.#keyOf(id)))?.starts ?? 0;
  }

  /** Notes how often it was tried. */
  async setTries(id: string, tries: number): Promise<void> {
    await writeJson(this.store, this.#keyOf(id), { starts: tries });
  }

  /** Forgets a task. */
  async remove(id: string): Promise<void> {
    await this.store.write(this.#keyOf(id), null);
  }

  #keyOf(id: string): string {
    return `${this.#folder}/${id}.json`;
  }
}
