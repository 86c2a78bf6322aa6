import type { RecordSource, SortedFiles } from "task-gif/runs";
import { type DroppedRecord, droppedRecord } from "../records/dropped-record.ts";

const PICTURE_NAME = /\.(png|jpe?g|webp|gif)$/i;

/** Whether a file looks like a picture by its type or name. The assembler checks its content. */
export function looksLikePicture(file: File): boolean {
  return /^image\/(png|jpeg|webp|gif)$/.test(file.type) || PICTURE_NAME.test(file.name);
}

/**
 * Sorts screenshots by the names of their files. If the code for that cannot be loaded, they are returned as given.
 */
export async function sortedByName(files: File[]): Promise<SortedFiles<File>> {
  try {
    const { sortFiles } = await import("task-gif/runs");
    return await sortFiles(files);
  } catch (error) {
    return { files, warning: { code: "ORDER_UNKNOWN", message: String(error) } };
  }
}

/** Returns the files of a drop. */
export const filesOfDrop = (transfer: DataTransfer): File[] => [...transfer.files];

/** Returns the sources of a drop for `readRuns`, and the names of its folders. */
export function sourcesOfDrop(transfer: DataTransfer): { sources: RecordSource[]; folders: string[] } {
  const folders: string[] = [];
  const sources = [...transfer.items].flatMap((item): RecordSource[] => {
    const entry = item.webkitGetAsEntry?.();
    if (entry?.isDirectory) folders.push(entry.name);
    const source = entry ?? item.getAsFile();
    return source ? [source] : [];
  });
  return { sources, folders };
}

/** Extensions of files that may be records; their content decides. */
const RECORD_NAME = /\.(zip|json|jsonl|ndjson|html?|xml|md|trace|network|log)$/i;

/** Returns the record among picked, pasted or dropped files; `undefined` if there are only screenshots. */
export function recordIn(files: File[]): DroppedRecord | undefined {
  const records = files.filter((file) => !looksLikePicture(file) && RECORD_NAME.test(file.name));
  const [first] = records;
  if (!first) return undefined;
  return droppedRecord(files, records.length === 1 ? first.name : `${records.length} files`);
}
