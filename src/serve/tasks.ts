import { TaskGifError } from "../js/task-gif-error.ts";
import { TaskChanges } from "./notifications/task-changes.ts";
import { RecordTasks } from "./records/record-tasks.ts";
import type { Log } from "./server-options.ts";
import type { Store } from "./stores/store.ts";
import { TASK_ID, type Task } from "./task.ts";
import { readUploadedFolder, readUploadedTask, removeFiles } from "./uploads/uploaded-task.ts";

/** How long an id that is not there is not looked for again. */
const LOOK_AGAIN_MS = 2000;
/** Tasks that are looked at before others get their turn. */
const TURN = 64;

/** A folder that may not be read is no reason to show no other: as a record it is left out, and the log says why. */
function ofNobody(error: unknown): undefined {
  if (!(error instanceof TaskGifError)) throw error;
}

/** The tasks in a store: those that came over the API, and the records that people put there. */
export class Tasks {
  /** Who watches which task. */
  readonly changes = new TaskChanges();
  readonly #records: RecordTasks;
  /** Folders of uploaded tasks, as far as they were seen. */
  readonly #uploaded = new Set<string>();
  #looking: Promise<void> | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(
    readonly store: Store,
    log: Log,
    signal: AbortSignal,
  ) {
    this.#records = new RecordTasks(store, log, signal);
  }

  /** Names at the root that hold no task, since they could not be read. */
  get unread(): number {
    return this.#records.unread;
  }

  /** The task with an id. `version`: what somebody has seen of it already, so that an older one is looked at again. */
  async find(id: string, version?: string | null): Promise<Task | undefined> {
    const record = this.#records.tasks.get(id);
    const isOutdated = record && version !== undefined && record.version !== version;
    const task = record ?? (await readUploadedTask(this.store, id).catch(ofNobody));
    if (!isOutdated && (task || performance.now() - this.#lookedAt < LOOK_AGAIN_MS)) return task;
    for await (const found of this.records(isOutdated)) if (found.id === id) return found;
    return undefined;
  }

  /** Every task. */
  all(isFull = false): AsyncGenerator<Task> {
    return this.#look(isFull, true);
  }

  /** The records that people put there. `isFull`: also those that have long been the same are looked at again. */
  async *records(isFull = false): AsyncGenerator<Task> {
    for await (const task of this.#look(isFull, false)) if (!task.isUploaded) yield task;
  }

  /** What is there, without uploaded tasks that were seen already, unless these are wanted: they stay what they are. */
  async *#look(isFull: boolean, withUploaded: boolean): AsyncGenerator<Task> {
    const names = await this.store.list("");
    const allFolders = new Set(names.flatMap((name) => (name.endsWith("/") ? name.slice(0, -1) : [])));
    for (const folder of this.#uploaded) if (!allFolders.has(folder)) this.#uploaded.delete(folder);
    const folders: string[] = [];
    let looked = 0;
    for (const folder of allFolders) {
      // A store that answers on the spot would keep everybody else waiting until the last one.
      if (++looked % TURN === 0) await new Promise((next) => setTimeout(next));
      if (!withUploaded && this.#uploaded.has(folder)) continue;
      const isRecord = !TASK_ID.test(folder) || (!isFull && this.#records.isFresh(folder));
      const task = isRecord ? undefined : await readUploadedFolder(this.store, folder).catch(ofNobody);
      if (task === "deleted") {
        // Whoever deleted it did not come to the end.
        if (isFull) await removeFiles(this.store, folder);
      } else if (task) {
        if (task.isUploaded) this.#uploaded.add(folder);
        yield task;
      } else folders.push(folder);
    }
    const files = names.filter((name) => !name.endsWith("/"));
    // Whoever comes while records are being read waits for the same.
    this.#looking ??= this.#records.look({ files, folders, allFolders }, isFull).finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
    this.#lookedAt = performance.now();
    yield* this.#records.tasks.values();
  }
}
