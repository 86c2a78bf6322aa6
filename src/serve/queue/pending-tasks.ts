import { readJson, type Store, writeJson } from "../stores/store.ts";

const FOLDER = ".task-gif/pending";
const keyOf = (id: string) => `${FOLDER}/${id}.json`;

/**
 * The tasks whose GIF is still to be made, as files in the store: whatever becomes of the queue and of the processes
 * around it, they are found again without a look at any other task.
 */
export class PendingTasks {
  constructor(private readonly store: Store) {}

  /** Notes a task. */
  async add(id: string): Promise<void> {
    await writeJson(this.store, keyOf(id), { starts: 0 }, { ifAbsent: true });
  }

  /** Ids of all. */
  async list(): Promise<string[]> {
    return (await this.store.list(FOLDER)).flatMap((name) => /^(.+)\.json$/.exec(name)?.[1] ?? []);
  }

  /** How often the making of a GIF was begun that did not come to an end, be it that the process was killed by it. */
  async starts(id: string): Promise<number> {
    return (await readJson<{ starts?: number }>(this.store, keyOf(id)))?.starts ?? 0;
  }

  /** Notes the number of starts. */
  async setStarts(id: string, starts: number): Promise<void> {
    await writeJson(this.store, keyOf(id), { starts });
  }

  /** Forgets a task. */
  async remove(id: string): Promise<void> {
    await this.store.write(keyOf(id), null);
  }
}
