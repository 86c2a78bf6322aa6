import { readJson, type Store, writeJson } from "../stores/store.ts";

/**
 * The tasks with unfinished work, one file per task in the store. They survive the queue and every process, and are
 * found without reading any other task.
 */
export class PendingTasks {
  readonly #folder: string;

  /** @param kind The kind of work: `pending` GIFs or `webhooks`. */
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

  /** Number of tries that did not succeed, including those in which the process was killed. */
  async tries(id: string): Promise<number> {
    return (await readJson<{ starts?: number }>(this.store, this.#keyOf(id)))?.starts ?? 0;
  }

  /** Notes how often it was tried. */
  async setTries(id: string, tries: number): Promise<void> {
    await writeJson(this.store, this.#keyOf(id), { starts: tries });
  }

  /** Removes a task from the list. */
  async remove(id: string): Promise<void> {
    await this.store.write(this.#keyOf(id), null);
  }

  #keyOf(id: string): string {
    return `${this.#folder}/${id}.json`;
  }
}
