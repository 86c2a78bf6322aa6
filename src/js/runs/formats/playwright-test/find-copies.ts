import type { RecordFile } from "../../record-format.ts";

/**
 * Bytes at the end of files that are compared: the directory of an archive with its checksums, the last pixels of a
 * picture.
 */
const TAIL_BYTES = 65_536;

/** Returns the files that are copies of one of `originals`: of the same size and with the same end. */
export async function findCopies(
  originals: readonly RecordFile[],
  files: readonly RecordFile[],
): Promise<RecordFile[]> {
  const bySize = new Map<number, RecordFile[]>();
  for (const file of originals) bySize.set(file.size, [...(bySize.get(file.size) ?? []), file]);
  const own = new Set(originals);
  const copies: RecordFile[] = [];
  for (const file of files) {
    if (own.has(file) || file.size === 0) continue;
    for (const original of bySize.get(file.size) ?? []) {
      if (!(await haveSameEnd(file, original))) continue;
      copies.push(file);
      break;
    }
  }
  return copies;
}

async function haveSameEnd(...files: RecordFile[]): Promise<boolean> {
  // A file that cannot be unpacked is no copy.
  const [a, b] = await Promise.all(files.map((file) => endOf(file).catch(() => undefined)));
  return a !== undefined && b !== undefined && a.length === b.length && a.every((byte, i) => byte === b[i]);
}

async function endOf(file: RecordFile): Promise<Uint8Array> {
  const blob = await file.blob();
  return new Uint8Array(await blob.slice(Math.max(0, blob.size - TAIL_BYTES)).arrayBuffer());
}
