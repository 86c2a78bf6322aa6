import { FORMATS } from "./format-list.ts";
import { type FileKind, KIND_NAMES } from "./input/file-kind.ts";
import type { RecordFiles } from "./record-format.ts";

/** Kinds that are told of when they are in a record that nobody knows. */
const MOST_KINDS = 4;

/** What a record is that no format knows, and what can be read: the words of an error. */
export function describeUnknown(files: RecordFiles): string {
  return `expected ${listed(FORMATS.map(({ name }) => name))}; found ${describeFiles(files)}`;
}

/** What files are, in words: "trace.zip, a zip archive", or how many there are of each kind. */
function describeFiles(files: RecordFiles): string {
  // What a gzip file holds stands beside it.
  const unpacked = files.all.filter(({ kind }) => kind !== "gzip");
  const all = unpacked.length > 0 ? unpacked : files.all;
  const outside = all.filter(
    ({ path }) => !all.some(({ path: other, kind }) => kind === "zip" && path.startsWith(`${other}/`)),
  );
  const [only] = outside;
  if (!only) return "no files";
  if (outside.length === 1) {
    const inside = all.length > 1 ? ` with ${counts(all.slice(1).map(({ kind }) => kind))}` : "";
    return `${only.path}, ${KIND_NAMES[only.kind]}${inside}`;
  }
  return counts(all.map(({ kind }) => kind));
}

function counts(kinds: readonly FileKind[]): string {
  const groups = new Map<FileKind, number>();
  for (const kind of kinds) groups.set(kind, (groups.get(kind) ?? 0) + 1);
  const sorted = [...groups].sort(([, a], [, b]) => b - a);
  const parts = sorted
    .slice(0, MOST_KINDS)
    .map(([kind, count]) => `${count} × ${KIND_NAMES[kind].replace(/^an? /, "")}`);
  return `${kinds.length} files (${parts.join(", ")}${sorted.length > MOST_KINDS ? ", …" : ""})`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
