import { kindOf, lacksPictures, readRecord } from "../task-records/read-record.ts";
import type { RecordStep } from "../task-records/task-record.ts";
import { isPicture } from "./input/file-kind.ts";
import { folderOf } from "./input/record-path.ts";
import type { ReadContext, RecordFile, RecordFiles, RecordMatch } from "./record-format.ts";
import { picturesOf } from "./run-of-task-record.ts";

/**
 * Finds the JSON files that are task records of one kind. Each claims the pictures it names, and the pictures beside
 * these.
 */
export async function detectRecords(
  files: RecordFiles,
  context: ReadContext,
  isRecord: (value: unknown, main: RecordFile) => boolean,
): Promise<RecordMatch[]> {
  const found: RecordMatch[] = [];
  for (const main of files.all) {
    if (context.signal?.aborted) break;
    if (main.kind !== "json" && main.kind !== "jsonl") continue;
    const value = await main.json();
    if (isNothing(value) || !isRecord(value, main)) continue;
    found.push({ path: main.path, claims: claimsOf(value, main, files), main });
  }
  return found;
}

/** Returns the pictures that steps name, if they are among the files. */
export function pictureFilesOf(steps: RecordStep[], main: RecordFile, files: RecordFiles): RecordFile[] {
  return picturesOf({ tool: "", steps, warnings: [] }, main, files);
}

/**
 * Returns the pictures in the folder of a record, or else in the one folder below it that has pictures. GIFs are left
 * out: they are the result, not screenshots.
 */
export function picturesBeside(main: RecordFile, files: RecordFiles): readonly RecordFile[] {
  const folder = folderOf(main.path);
  const pictures = files.under(folder).filter((file) => isPicture(file) && file.kind !== "gif");
  const beside = pictures.filter(({ path }) => folderOf(path) === folder);
  if (beside.length > 0) return beside;
  return new Set(pictures.map(({ path }) => folderOf(path))).size === 1 ? pictures : [];
}

/** Whether a value is an empty list or object, which does not identify a format. */
function isNothing(value: unknown): boolean {
  return typeof value !== "object" || value === null || Object.keys(value).length === 0;
}

function claimsOf(value: unknown, main: RecordFile, files: RecordFiles): readonly RecordFile[] {
  if (kindOf(value) === undefined) return [];
  if (lacksPictures(value)) return picturesBeside(main, files);
  const named = picturesOf(readRecord(value, undefined), main, files);
  const folders = new Set([folderOf(main.path), ...named.map(({ path }) => folderOf(path))]);
  return files.all.filter((file) => isPicture(file) && folders.has(folderOf(file.path)));
}
