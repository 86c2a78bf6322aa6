import { mayNameFiles } from "../../js/runs/input/file-kind.ts";
import { type FileSource, valueSource } from "../../js/runs/input/file-source.ts";
import { BESIDE_LIMITS, DEFAULT_LIMITS } from "../../js/runs/input/limits.ts";
import { OpenedFile } from "../../js/runs/input/opened-file.ts";
import { readRunsFrom } from "../../js/runs/read-runs.ts";
import type { Run } from "../../js/runs/run.ts";
import { TaskGifError } from "../../js/task-gif-error.ts";
import { asObject, type Json } from "../../js/task-records/json-fields.ts";
import { kindOf } from "../../js/task-records/read-record.ts";
import type { Store } from "../stores/store.ts";
import { keysBelow, type ListedFile, listedFiles, storeSource, versionOf } from "./record-files.ts";

/** Maximum depth of folders below a record, and number of files in them. */
const DEEPEST = 16;
const MOST_FILES = 20_000;

/** The files of a record: a folder, or a file, at the root of a store. */
export type RecordListing = {
  /** Changes whenever any of the files changes. */
  version: string;
  files: readonly ListedFile[];
  /** Files beside a record that is one file: it may name its pictures among them. */
  beside: readonly ListedFile[];
};

/** The runs of a record. */
export type RecordRuns = {
  runs: readonly Run[];
  /** Content of `task.json`, if the folder is one task. */
  task?: Json;
};

/**
 * Lists the files of a folder at the root of a store.
 *
 * @throws `TaskGifError` `LIMIT_EXCEEDED` for more files than a record has.
 */
export async function listFolder(store: Store, name: string): Promise<RecordListing> {
  const keys: string[] = [];
  for await (const key of keysBelow(store, name, DEEPEST)) {
    keys.push(key);
    if (keys.length > MOST_FILES) {
      throw new TaskGifError("LIMIT_EXCEEDED", `expected at most ${MOST_FILES} files in ${name}, found more`);
    }
  }
  const files = await listedFiles(store, keys, name.length + 1);
  return { version: await versionOf(files), files, beside: [] };
}

/** Lists a record that is one file at the root of a store. `besideIt` is called if the record may name other files. */
export async function listFile(
  store: Store,
  name: string,
  besideIt: () => Promise<readonly ListedFile[]>,
): Promise<RecordListing> {
  const files = await listedFiles(store, [name], 0);
  const head = files[0] ? await storeSource(store, files[0]).head(64) : new Uint8Array();
  const beside = mayNameFiles(head) ? (await besideIt()).filter(({ key }) => key !== name) : [];
  // The paths of other files are part of the version, since the record may name them; their contents are not.
  const paths = beside.map(({ path }) => ({ path, size: 0, etag: "" }));
  return { version: await versionOf([...files, ...paths]), files, beside };
}

/** Lists the files at the root of a store and in `folders`, within `BESIDE_LIMITS`. */
export async function listBeside(
  store: Store,
  files: readonly string[],
  folders: readonly string[],
): Promise<readonly ListedFile[]> {
  const keys = [...files];
  for (const folder of folders) {
    for await (const key of keysBelow(store, folder, BESIDE_LIMITS.levels, "leave out")) {
      if (keys.length >= BESIDE_LIMITS.files) return listedFiles(store, keys, 0, "leave out");
      keys.push(key);
    }
  }
  return listedFiles(store, keys, 0, "leave out");
}

/**
 * Reads the runs of a record. Returns `undefined` if there is none, or none yet: the folder is still being filled, or
 * an upload started during the scan.
 */
export async function readRecordRuns(
  store: Store,
  { files, beside }: RecordListing,
  signal: AbortSignal,
): Promise<RecordRuns | undefined> {
  const read = (sources: readonly FileSource[]) => readRunsFrom(async () => [...sources], { signal });
  const besides = (others: readonly ListedFile[]) =>
    others.map((file) => ({ ...storeSource(store, file), isBeside: true, trustsName: true }));
  if (files.length === 0) return undefined;
  const task = await readTaskFile(store, files);
  if (!task) return { runs: await read([...files.map((file) => storeSource(store, file)), ...besides(beside)]) };
  if (task.uploaded === true) return undefined;
  const others = files.filter(({ path }) => path !== TASK_FILE);
  return { runs: await read([valueSource(TASK_FILE, task), ...besides(others)]), task };
}

/** A folder with this file is one task, whatever else it contains. */
const TASK_FILE = "task.json";

/** Reads the record in `task.json`. If it has no steps, its screenshots are the pictures beside it. */
async function readTaskFile(store: Store, files: readonly ListedFile[]): Promise<Json | undefined> {
  const file = files.find(({ path }) => path === TASK_FILE);
  if (!file) return undefined;
  const value = await (await OpenedFile.open(storeSource(store, file), TASK_FILE, DEFAULT_LIMITS)).json();
  const task = asObject(value);
  if (!task) return undefined;
  // The file name shows that the record is a task, so fields that the API always has may be missing.
  const hasSteps = ["steps", "history", "messages"].some((name) => name in task);
  const whole = { task: null, ...task, ...(!hasSteps && { steps: [] }) };
  return kindOf(whole) === undefined ? undefined : whole;
}
