import { hasPictureName } from "../../js/runs/input/file-kind.ts";
import type { Run, RunWarning } from "../../js/runs/run.ts";
import { Semaphore } from "../../js/semaphore.ts";
import { describeError, TaskGifError } from "../../js/task-gif-error.ts";
import { oneLine } from "../../js/task-records/json-fields.ts";
import type { Log } from "../server-options.ts";
import type { Store } from "../stores/store.ts";
import type { Task } from "../task.ts";
import { recordIds } from "./record-ids.ts";
import {
  listBeside,
  listFile,
  listFolder,
  type RecordListing,
  type RecordRuns,
  readRecordRuns,
} from "./record-runs.ts";
import { type RunSummary, recordTask, summarizeRun } from "./record-task.ts";

/**
 * Shortest and longest pause in ms between two checks of a record: the longer it has not changed, the rarer they are.
 */
const CHECK_AGAIN_MS = 2000;
const CHECK_AGAIN_MOST_MS = 60_000;
/** Maximum number of records whose pictures are in memory: one for requests, one for the GIF that is being made. */
const MOST_OPEN = 2;
/** Maximum number of warnings that are logged for one record. */
const MOST_WARNINGS = 20;
const PLAIN_FOLDER = "folder of pictures";

/** What is known of the record in a folder or file. */
type KnownRecord = {
  version: string | undefined;
  runs: readonly RunSummary[];
  /** The id in the record itself. */
  ownId?: unknown;
  /** Lists its current files. */
  list: () => Promise<RecordListing>;
  changedAt: number;
  checkedAt: number;
};

/** Names at the root of a store. */
export type RootNames = {
  /** Files. */
  files: readonly string[];
  /** Folders that a person put there. */
  folders: readonly string[];
  /** All folders. */
  allFolders: ReadonlySet<string>;
};

/**
 * The records in a store, as tasks: each folder or file at its root may be a record. A record is read when it is new or
 * has changed. Only the pictures of the last `MOST_OPEN` records in use stay in memory.
 */
export class RecordTasks {
  readonly #records = new Map<string, KnownRecord>();
  readonly #open = new Map<string, { version: string; runs: readonly Run[] }>();
  readonly #skipped = new Map<string, string>();
  readonly #turn = new Semaphore(1);
  #tasks: ReadonlyMap<string, Task> = new Map();

  constructor(
    private readonly store: Store,
    private readonly log: Log,
    private readonly signal: AbortSignal,
  ) {}

  /** Tasks as of the last refresh. */
  get tasks(): ReadonlyMap<string, Task> {
    return this.#tasks;
  }

  /** Number of records that could not be read. */
  get unread(): number {
    return this.#skipped.size;
  }

  /** Whether the record with this name was checked recently enough. */
  isFresh(name: string): boolean {
    const known = this.#records.get(name);
    if (!known) return false;
    const pauseMs = Math.min(Math.max(known.checkedAt - known.changedAt, CHECK_AGAIN_MS), CHECK_AGAIN_MOST_MS);
    return performance.now() < known.checkedAt + pauseMs;
  }

  /** Scans the store; `isFull`: checks also the records that were checked recently. */
  async refresh({ files, folders, allFolders }: RootNames, isFull: boolean): Promise<void> {
    const records = files.filter((name) => !hasPictureName(name));
    if (records.length < files.length) {
      const message = `${files.length - records.length} pictures belong to no task: put them into a folder of their own`;
      this.#logSkipped("", "PICTURES_WITHOUT_FOLDER", message);
    }
    let beside: ReturnType<typeof listBeside> | undefined;
    const besideIt = () => (beside ??= listBeside(this.store, files, folders));
    const names = new Set([...folders, ...records]);
    for (const name of this.#records.keys()) if (!names.has(name)) this.#forget(name);
    for (const name of names) {
      if (!isFull && this.isFresh(name)) continue;
      const isFolder = allFolders.has(name);
      await this.#check(name, () => (isFolder ? listFolder(this.store, name) : listFile(this.store, name, besideIt)));
    }
    await this.#assign(allFolders);
  }

  /** Reads a record again if it has changed. */
  async #check(name: string, list: () => Promise<RecordListing>): Promise<void> {
    const known = this.#records.get(name);
    const now = performance.now();
    let version: string | undefined;
    try {
      const listing = await list();
      version = listing.version;
      if (known?.version === version) {
        known.checkedAt = now;
        return;
      }
      const read = await this.#read(name, listing);
      // Not remembered as empty: by the next request it may have become an upload.
      if (!read) return this.#forget(name);
      const { runs, task } = read;
      const summaries: RunSummary[] = [];
      const warnings = runs.flatMap((run) => run.warnings);
      const leftOut = (warning: RunWarning) => void warnings.push(warning);
      for (const run of runs) summaries.push(await summarizeRun(run, name, task, this.signal, leftOut));
      this.#records.set(name, { version, runs: summaries, ownId: task?.id, list, changedAt: now, checkedAt: now });
      this.#logWarnings(name, warnings);
    } catch (error) {
      this.signal.throwIfAborted();
      // A bad record stays bad until it changes; an error of the store may be gone at the next check.
      const isRecord = error instanceof TaskGifError || error instanceof TypeError;
      const stays = isRecord ? version : undefined;
      this.#records.set(name, { version: stays, runs: [], list, changedAt: now, checkedAt: now });
      const code = error instanceof TaskGifError ? error.code : "UNREADABLE";
      const message = describeError(error);
      // The message starts with a long list of what records may be; the reason comes after it.
      this.#logSkipped(
        name,
        code,
        code === "UNKNOWN_RECORD" ? message.slice(message.lastIndexOf("; found ") + 2) : message,
      );
    }
  }

  /** The runs of a record with their pictures, one record after another. */
  async #read(name: string, listing: RecordListing): Promise<RecordRuns | undefined> {
    const done = await this.#turn.acquire(this.signal);
    try {
      const read = await readRecordRuns(this.store, listing, this.signal);
      this.#open.delete(name);
      if (!read) return undefined;
      this.#open.set(name, { version: listing.version, runs: read.runs });
      for (const oldest of this.#open.keys()) {
        if (this.#open.size <= MOST_OPEN) break;
        this.#open.delete(oldest);
      }
      return read;
    } finally {
      done();
    }
  }

  /** Reads a run again, with its pictures. */
  async #run(name: string, index: number): Promise<Run> {
    const known = this.#records.get(name);
    const open = this.#open.get(name);
    if (open && open.version === known?.version) return open.runs[index]!;
    const listing = await known?.list();
    const read = known && listing?.version === known.version ? await this.#read(name, listing!) : undefined;
    if (read) return read.runs[index]!;
    // The next check reads the changed record.
    if (known) known.checkedAt = Number.NEGATIVE_INFINITY;
    throw new TaskGifError("UNREADABLE", `${name} has changed since it was read`);
  }

  /** Assigns ids to all records. A folder of pictures that belongs to a file beside it is no task. */
  async #assign(allFolders: ReadonlySet<string>): Promise<void> {
    const used = new Set(
      [...this.#records].flatMap(([name, { runs }]) =>
        allFolders.has(name) ? [] : runs.flatMap(({ shots }) => shots.flatMap(({ path }) => path?.split("/")[0] ?? [])),
      ),
    );
    const sorted = [...this.#records].sort(([a], [b]) => (a < b ? -1 : 1));
    const runs = sorted.flatMap(([name, { version, runs, ownId }]) => {
      if (version === undefined || (used.has(name) && runs.every(({ tool }) => tool === PLAIN_FOLDER))) return [];
      const isOnly = runs.length === 1;
      return runs.map((run, i) => ({ name, version, run, i, ...(isOnly ? { own: ownId } : { number: i + 1 }) }));
    });
    const ids = await recordIds(runs, allFolders);
    const tasks = runs.map(({ name, version, run, i }, at) =>
      recordTask(ids[at]!, version, run, () => this.#run(name, i)),
    );
    this.#tasks = new Map(tasks.map((task) => [task.id, task]));
  }

  #logWarnings(name: string, warnings: readonly RunWarning[]): void {
    this.#skipped.delete(name);
    const logged = warnings.map(({ code, message }) => ({ code, message: oneLine(message) }));
    if (logged.length > 0)
      this.log({ event: "record_warnings", record: name, warnings: logged.slice(0, MOST_WARNINGS) });
  }

  /** Logs, once, why a name is not a task. */
  #logSkipped(name: string, code: string, message: string): void {
    const reason = `${code} ${message}`;
    if (this.#skipped.get(name) === reason) return;
    this.#skipped.set(name, reason);
    this.log({ event: "record_skipped", record: name, code, message: oneLine(message) });
  }

  #forget(name: string): void {
    this.#records.delete(name);
    this.#open.delete(name);
    this.#skipped.delete(name);
  }
}
