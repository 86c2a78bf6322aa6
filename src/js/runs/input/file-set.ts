import type { RecordFile, RecordFiles } from "../record-format.ts";
import { folderOf, joinPath, nameOf, referenceReadings } from "./record-path.ts";

const natural = new Intl.Collator("en", { numeric: true }).compare;

/** Kinds of files that can name pictures. */
const RECORDS: ReadonlySet<RecordFile["kind"]> = new Set(["json", "jsonl"]);

const unnumbered = (name: string) => name.replace(/\d+/g, "");

/** The files of a record, which can be looked up by path, by folder, and by the references in a record. */
export class FileSet implements RecordFiles {
  readonly all: readonly RecordFile[];
  readonly #byPath: ReadonlyMap<string, RecordFile>;
  #byName?: ReadonlyMap<string, readonly RecordFile[]>;
  /** Paths of records without the numbers in their names. */
  #recordFolders?: ReadonlySet<string>;

  constructor(files: Iterable<RecordFile>) {
    this.#byPath = new Map(Array.from(files, (file) => [file.path, file]));
    this.all = sortedByPath([...this.#byPath.values()]);
  }

  at(path: string): RecordFile | undefined {
    return this.#byPath.get(path);
  }

  find(reference: string, from: RecordFile | string): RecordFile | undefined {
    const folder = typeof from === "string" ? from : folderOf(from.path);
    const record = typeof from === "string" ? undefined : from;
    const readings = referenceReadings(reference);
    for (const parts of readings) {
      const exact = pathFrom(folder, parts);
      const file = exact === undefined ? undefined : this.at(exact);
      if (file) return file;
    }
    for (const parts of readings) {
      const file = this.#findMoved(parts, folder, record);
      if (file) return file;
    }
    return undefined;
  }

  under(folder: string): readonly RecordFile[] {
    return folder === "" ? this.all : this.all.filter(({ path }) => path.startsWith(`${folder}/`));
  }

  /** Returns the set without some of the files. */
  without(claimed: ReadonlySet<RecordFile>): FileSet {
    return claimed.size === 0 ? this : new FileSet(this.all.filter((file) => !claimed.has(file)));
  }

  /**
   * Returns the file whose path has the most trailing parts in common with `path`; among equal ones, the one nearest to `folder`. If
   * only the name matches, the file must be below `folder`, or be the only one of that name. What lies with another record
   * like `record` is that one's.
   */
  #findMoved(parts: readonly string[], folder: string, record: RecordFile | undefined): RecordFile | undefined {
    const name = parts.at(-1);
    if (name === undefined) return undefined;
    this.#byName ??= groupByName(this.all);
    const named = this.#byName.get(name) ?? [];
    const shared = (file: RecordFile) => {
      const below = file.path.startsWith(folder === "" ? "" : `${folder}/`);
      const tail = sharedTail(parts, file.path.split("/"));
      return tail > 1 || below || named.length === 1 ? [tail, sharedHead(folder, folderOf(file.path))] : [0, 0];
    };
    const [best, second] = named
      .map((file) => ({ file, score: shared(file) as [number, number] }))
      .filter(({ file, score }) => score[0] > 0 && !(record && this.#liesWithAnother(file, record)))
      .sort((a, b) => b.score[0] - a.score[0] || b.score[1] - a.score[1]);
    const isTie = best && second && best.score[0] === second.score[0] && best.score[1] === second.score[1];
    return isTie ? undefined : best?.file;
  }

  /** Whether a folder above a file, but not above `record`, has a record that is called like it, but for numbers. */
  #liesWithAnother({ path }: RecordFile, record: RecordFile): boolean {
    this.#recordFolders ??= new Set(
      this.all.flatMap((file) => (RECORDS.has(file.kind) ? joinPath(folderOf(file.path), unnumbered(file.name)) : [])),
    );
    const own = folderOf(record.path);
    for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) {
      if (own === folder || own.startsWith(`${folder}/`)) return false;
      if (this.#recordFolders.has(joinPath(folder, unnumbered(record.name)))) return true;
    }
    return false;
  }
}

/** Sorts parts of paths one by one, so that `a/2` comes before `a.b` and files of a folder stay together. */
function sortedByPath(files: readonly RecordFile[]): readonly RecordFile[] {
  return files
    .map((file) => ({ file, folder: folderOf(file.path) }))
    .sort((a, b) => (a.folder === b.folder ? natural(a.file.name, b.file.name) : natural(a.folder, b.folder)))
    .map(({ file }) => file);
}

function groupByName(files: readonly RecordFile[]): Map<string, RecordFile[]> {
  const groups = new Map<string, RecordFile[]>();
  for (const file of files) {
    const group = groups.get(file.name);
    if (group) group.push(file);
    else groups.set(file.name, [file]);
  }
  return groups;
}

/** Resolves a relative reference in `folder`; `undefined` if it leads out of the record. */
function pathFrom(folder: string, parts: readonly string[]): string | undefined {
  let path = folder;
  for (const part of parts) {
    if (part === ".") continue;
    if (part !== "..") path = joinPath(path, part);
    else if (path === "") return undefined;
    else path = folderOf(path);
  }
  return path;
}

function sharedTail(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < Math.min(a.length, b.length) && a.at(-1 - shared) === b.at(-1 - shared)) shared++;
  return shared;
}

function sharedHead(a: string, b: string): number {
  const [x, y] = [a.split("/"), b.split("/")];
  let shared = 0;
  while (shared < Math.min(x.length, y.length) && x[shared] === y[shared]) shared++;
  return shared;
}

/** Returns a path that is not in `taken`: `name (2).png` if `name.png` is taken. */
export function freePath(path: string, taken: ReadonlySet<string>): string {
  if (!taken.has(path)) return path;
  const name = nameOf(path);
  const stem = name.replace(/\.[^.]+$/, "");
  for (let n = 2; ; n++) {
    const free = joinPath(folderOf(path), `${stem} (${n})${name.slice(stem.length)}`);
    if (!taken.has(free)) return free;
  }
}
