import { FORMATS } from "./format-list.ts";
import { type FileKind, KIND_NAMES } from "./input/file-kind.ts";
import type { RecordFile, RecordFiles } from "./record-format.ts";
import { UNREAD_RECORDS } from "./unread-records.ts";

/** Maximum number of kinds of files that the error mentions. */
const MOST_KINDS = 4;
/** Maximum number of files that are read to find advice. */
const MOST_FILES = 16;
/** Number of bytes at the start of a file that are searched for known tools. */
const HEAD_BYTES = 65_536;
/** Maximum number of characters of a title, and of names of fields, that the error quotes. */
const MOST_LETTERS = 80;
const MOST_FIELDS = 6;

/** Returns the error text for a record of unknown format: a description of the record, and the formats that can be read. */
export async function describeUnknownRecord(files: RecordFiles): Promise<string> {
  const { text, only } = describeFiles(files);
  const label = only && (await ownLabel(only));
  const advice = only ? await adviceOn(only) : await adviceOnSome(files.all);
  const found = `${text}${label === undefined ? "" : ` ${label}`}${advice ? ` (${advice})` : ""}`;
  return `expected ${listed(FORMATS.map(({ name }) => name))}; found ${found}`;
}

/** Returns the first advice that applies to one of the files. */
async function adviceOnSome(files: readonly RecordFile[]): Promise<string | undefined> {
  for (const file of files.slice(0, MOST_FILES)) {
    const advice = await adviceOn(file);
    if (advice) return `${file.path} is ${advice}`;
  }
  return undefined;
}

async function adviceOn(file: RecordFile): Promise<string | undefined> {
  const head = await headOf(file);
  const kind = file.kind === "jsonl" ? "json" : file.kind;
  const known = UNREAD_RECORDS.find(([of, pattern]) => of === kind && pattern.test(head));
  if (known) return known[2];
  if (kind === "html") return adviceOnPage(file);
  if (kind !== "json") return undefined;
  const { describePictures } = await import("./formats/nested-pictures/describe-pictures.ts");
  return describePictures(await file.json());
}

async function adviceOnPage(file: RecordFile): Promise<string | undefined> {
  const text = await file.text().catch(() => ""); // a file beyond the limit is still named
  const count = text.match(/\bsrc\s*=\s*["']?data:image\/(?:png|jpe?g|webp)/gi)?.length ?? 0;
  if (count === 0) return undefined;
  const what = count === 1 ? "a picture" : `${count} pictures`;
  return `a page that holds ${what}: give what it was made of, or save them as files with numbers in their names`;
}

/** Returns how a file describes itself: the title of a page, the root element of XML, the first fields of JSON. */
async function ownLabel(file: RecordFile): Promise<string | undefined> {
  const quoted = (text: string | undefined) => {
    const line = text?.replace(/\s+/g, " ").trim().slice(0, MOST_LETTERS);
    return line ? JSON.stringify(line) : undefined;
  };
  if (file.kind === "html") {
    const title = quoted(/<title[^>]*>([^<]*)/i.exec(await headOf(file))?.[1]);
    return title && `titled ${title}`;
  }
  if (file.kind === "xml") {
    const root = quoted(/<([a-z][\w.:-]*)/i.exec((await headOf(file)).replace(/<!--[\s\S]*?-->/g, ""))?.[1]);
    return root && `with the root element ${root}`;
  }
  if (file.kind !== "json" && file.kind !== "jsonl") return undefined;
  // A file beyond the limits is described by its kind only.
  const [first] = [await file.json().catch(() => undefined)].flat() as unknown[];
  if (typeof first !== "object" || first === null) return undefined;
  const names = Object.keys(first).slice(0, MOST_FIELDS).map(quoted);
  return names.length > 0 ? `with the fields ${names.join(", ")}` : undefined;
}

const headOf = async (file: RecordFile) => (await file.blob()).slice(0, HEAD_BYTES).text();

/** Describes files: "trace.zip, a zip archive", or the number of files of each kind. */
function describeFiles(files: RecordFiles): { text: string; only?: RecordFile } {
  // The content of a gzip file is listed as a file of its own.
  const unpacked = files.all.filter(({ kind }) => kind !== "gzip");
  const all = unpacked.length > 0 ? unpacked : files.all;
  const outside = all.filter(
    ({ path }) => !all.some(({ path: other, kind }) => kind === "zip" && path.startsWith(`${other}/`)),
  );
  const [only] = outside;
  if (!only) return { text: "no files" };
  if (outside.length === 1) {
    const inside = all.length > 1 ? ` with ${counts(all.slice(1).map(({ kind }) => kind))}` : "";
    return { text: `${only.path}, ${KIND_NAMES[only.kind]}${inside}`, only };
  }
  return { text: counts(all.map(({ kind }) => kind)) };
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
