import { TaskGifError } from "../js/task-gif-error.ts";
import { TaskChanges } from "./notifications/task-changes.ts";
import { RecordTasks } from "./records/record-tasks.ts";
import type { Log } from "./server-options.ts";
import type { Store } from "./stores/store.ts";
import { TASK_ID, type Task } from "./task.ts";
import { readUploadedFolder, readUploadedTask, removeFiles } from "./uploads/uploaded-task.ts";

/** Time in ms during which an unknown id is not count up again. */
const REFRESH_AFTER_MS = 2000;
/** Number of tasks that are listed before other work of the process gets its turn. */
const TURN = 64;

/** Skips a folder that cannot be read, and logs why, so that all other tasks are still listed. */
function ofNobody(error: unknown): undefined {
  if (!(error instanceof TaskGifError)) throw error;
}

/** The tasks in a store: uploaded ones, and records that people put there. */
export class Tasks {
  /** Listeners by task. */
  readonly changes = new TaskChanges();
  readonly #records: RecordTasks;
  /** Folders of uploaded tasks, as far as they were seen. */
  readonly #uploaded = new Set<string>();
  #refreshing: Promise<void> | undefined;
  #refreshedAt = Number.NEGATIVE_INFINITY;

  constructor(
    readonly store: Store,
    log: Log,
    signal: AbortSignal,
  ) {
    this.#records = new RecordTasks(store, log, signal);
  }

  /** Names at the root of the store that could not be read as tasks. */
  get unread(): number {
    return this.#records.unread;
  }

  /**
   * Finds a task by its id. If the cached one is not of `version`, which the caller has seen, the store is read again.
   */
  async find(id: string, version?: string | null): Promise<Task | undefined> {
    const record = this.#records.tasks.get(id);
    const isOutdated = record && version !== undefined && record.version !== version;
    const task = record ?? (await readUploadedTask(this.store, id).catch(ofNobody));
    if (!isOutdated && (task || performance.now() - this.#refreshedAt < REFRESH_AFTER_MS)) return task;
    for await (const found of this.records(isOutdated)) if (found.id === id) return found;
    return undefined;
  }

  /** Yields all tasks. */
  all(isFull = false): AsyncGenerator<Task> {
    return this.#readAll(isFull, true);
  }

  /** Yields the records that were not uploaded. `isFull`: also checks records that have not changed for long. */
  async *records(isFull = false): AsyncGenerator<Task> {
    for await (const task of this.#readAll(isFull, false)) if (!task.isUploaded) yield task;
  }

  /** Yields the tasks of the store. Uploaded tasks that are known already are left out unless `withUploaded` is set. */
  async *#readAll(isFull: boolean, withUploaded: boolean): AsyncGenerator<Task> {
    const names = await this.store.list("");
    const allFolders = new Set(names.flatMap((name) => (name.endsWith("/") ? name.slice(0, -1) : [])));
    for (const folder of this.#uploaded) if (!allFolders.has(folder)) this.#uploaded.delete(folder);
    const folders: string[] = [];
    let count = 0;
    for (const folder of allFolders) {
      // A store that answers synchronously would block the process until the last task.
      if (++count % TURN === 0) await new Promise((next) => setTimeout(next));
      if (!withUploaded && this.#uploaded.has(folder)) continue;
      const isRecord = !TASK_ID.test(folder) || (!isFull && this.#records.isFresh(folder));
      const task = isRecord ? undefined : await readUploadedFolder(this.store, folder).catch(ofNobody);
      if (task === "deleted") {
        // Another process was interrupted while it deleted this task.
        if (isFull) await removeFiles(this.store, folder);
      } else if (task) {
        if (task.isUploaded) this.#uploaded.add(folder);
        yield task;
      } else folders.push(folder);
    }
    const files = names.filter((name) => !name.endsWith("/"));
    // Concurrent callers share one scan of the records.
    this.#refreshing ??= this.#records.refresh({ files, folders, allFolders }, isFull).finally(() => {
      this.#refreshing = undefined;
    });
    await this.#refreshing;
    this.#refreshedAt = performance.now();
    yield* this.#records.tasks.values();
  }
}
