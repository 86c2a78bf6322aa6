import { reject } from "../../options/argument-checks.ts";
import type { RunsLimits } from "../read-options.ts";
import { blobSource, type FileSource, valueSource } from "./file-source.ts";
import { withinLimit } from "./limits.ts";

/** Expected input, for errors. */
const EXPECTED =
  "a file, several files, a folder's handle or entry, files by path, bytes, the text of a record, or parsed JSON";

/** The parts of the browser's types for folders and files that are used here. */
type FileHandle = { kind: "file"; name: string; getFile(): Promise<File> };
type FolderHandle = { kind: "directory"; name: string; values(): AsyncIterable<FileHandle | FolderHandle> };
type FileEntry = {
  isFile: true;
  fullPath: string;
  file(done: (file: File) => void, failed: (e: unknown) => void): void;
};
type FolderEntry = { isDirectory: true; createReader(): EntryReader };
type EntryReader = { readEntries(done: (entries: AnyEntry[]) => void, failed: (e: unknown) => void): void };
type AnyEntry = FileEntry | FolderEntry;
type DropItem = { kind: string; getAsFile(): File | null; webkitGetAsEntry?(): AnyEntry | null };

/** A file, or a handle or entry that is opened later. */
type Pending = FileSource | FileHandle | FolderHandle | AnyEntry;

/**
 * Returns the files that the caller passed. The items of a drop are read synchronously, since they expire.
 *
 * @throws `TypeError` for input without files that is no record.
 */
export function collectSources(input: unknown, limits: Required<RunsLimits>): Promise<FileSource[]> {
  return expandAll(takeInput(input), limits);
}

function takeInput(input: unknown): Pending[] {
  if (typeof input === "string") return [blobSource("record", new Blob([input]))];
  if (typeof input !== "object" || input === null) return reject("input", EXPECTED, input);
  const one = take(input);
  if (one) return one;
  const tag = Object.prototype.toString.call(input);
  if (tag === "[object Map]")
    return [...(input as Map<unknown, unknown>)].map(([path, value]) => takeNamed(path, value));
  if (tag === "[object DataTransfer]") return takeInput((input as { items: unknown }).items);
  const isList = Array.isArray(input) || /^\[object (FileList|DataTransferItemList)\]$/.test(tag);
  if (isList) {
    const items = Array.from(input as ArrayLike<unknown>);
    if (!Array.isArray(input) || (items.length > 0 && items.every(isFileLike))) {
      return items.flatMap((item) => take(item) ?? []);
    }
  }
  return [valueSource("record.json", input)];
}

function takeNamed(path: unknown, value: unknown): Pending {
  if (typeof path !== "string") return reject("input", "a Map whose keys are paths", path);
  if (typeof value === "string") return blobSource(path, new Blob([value]));
  const [source] = isBytes(value) || isBlob(value) ? (take(value) ?? []) : [];
  return source
    ? { ...(source as FileSource), path }
    : reject(`input.get(${JSON.stringify(path)})`, "a Blob or bytes", value);
}

/** Returns the sources of one input; `undefined` if it is no file. */
function take(item: unknown): Pending[] | undefined {
  if (isBlob(item)) return [blobSource(pathOf(item), item)];
  if (isBytes(item)) return [blobSource("record", new Blob([item as ArrayBuffer]))];
  if (isHandle(item) || isEntry(item)) return [item];
  if (!isDropItem(item)) return undefined;
  if (item.kind !== "file") return []; // text that is dragged along
  const taken = item.webkitGetAsEntry?.() ?? item.getAsFile();
  return taken ? take(taken) : [];
}

const isFileLike = (item: unknown) =>
  isBlob(item) || isBytes(item) || isHandle(item) || isEntry(item) || isDropItem(item);
// Checked by tag, not by class, since the value may come from another window.
const isBlob = (item: unknown): item is Blob => /^\[object (Blob|File)\]$/.test(Object.prototype.toString.call(item));
const isBytes = (item: unknown) =>
  ArrayBuffer.isView(item) || Object.prototype.toString.call(item) === "[object ArrayBuffer]";
const has = (item: unknown, name: string) => typeof (item as Record<string, unknown> | null)?.[name] === "function";
const isHandle = (item: unknown): item is FileHandle | FolderHandle =>
  has(item, "getFile") || (has(item, "values") && (item as FolderHandle).kind === "directory");
const isEntry = (item: unknown): item is AnyEntry =>
  has(item, "createReader") || (has(item, "file") && (item as FileEntry).isFile);
const isDropItem = (item: unknown): item is DropItem => has(item, "getAsFile");

function pathOf(blob: Blob): string {
  const { webkitRelativePath, name } = blob as Partial<File>;
  return webkitRelativePath || name || "record";
}

async function expandAll(pending: readonly Pending[], limits: Required<RunsLimits>): Promise<FileSource[]> {
  const sources: FileSource[] = [];
  for (const each of pending) {
    for await (const source of expand(each, "")) {
      sources.push(source);
      withinLimit(sources.length, "entries", limits, "files");
    }
  }
  return sources;
}

/** Yields the files of a folder and of the folders below it. `folder` is the path of its parent, with a slash. */
async function* expand(pending: Pending, folder: string): AsyncGenerator<FileSource> {
  if ("blob" in pending) yield pending;
  else if ("getFile" in pending) yield blobSource(`${folder}${pending.name}`, await pending.getFile());
  else if ("values" in pending) {
    for await (const inside of pending.values()) yield* expand(inside, `${folder}${pending.name}/`);
  } else if ("createReader" in pending) {
    for await (const inside of entriesOf(pending.createReader())) yield* expand(inside, "");
  } else {
    const file = await new Promise<File>((done, failed) => pending.file(done, failed));
    yield blobSource(pending.fullPath, file);
  }
}

/** Reads all entries of a folder. The reader returns some at a time, and none at the end. */
async function* entriesOf(reader: EntryReader): AsyncGenerator<AnyEntry> {
  for (;;) {
    const some = await new Promise<AnyEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return;
    yield* some;
  }
}
