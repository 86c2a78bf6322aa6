import { stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { picturesIn, readBlob } from "./read-input.ts";

/** Interval of polling in ms. Polling works on every file system, notifications do not. */
const LOOK_MS = 200;

/** Options of `watchFolder`. */
export type WatchFolderOptions = {
  /** Time in ms without a new screenshot after which the task counts as over. */
  idleMs: number;
  signal?: AbortSignal;
};

/** A new screenshot. */
export type NewScreenshot = { file: string; image: Blob };

/**
 * Yields the screenshots of a folder to which files are still added, each when it is complete: its size is equal at two polls and
 * it ends as its format requires, or no file has changed for half of `idleMs`. Files that exist at the start come in natural order,
 * later ones as they appear. Ends after `idleMs` without a new file.
 */
export async function* watchFolder(
  folder: string,
  { idleMs, signal }: WatchFolderOptions,
): AsyncGenerator<NewScreenshot> {
  const taken = new Set<string>();
  const sizes = new Map<string, number>();
  let quietSince = performance.now();
  while (performance.now() - quietSince < idleMs) {
    for (const name of await picturesIn(folder)) {
      if (taken.has(name)) continue;
      const file = join(folder, name);
      const size = (await stat(file).catch(() => undefined))?.size ?? 0;
      const isGrowing = sizes.get(name) !== size;
      if (isGrowing) quietSince = performance.now();
      sizes.set(name, size);
      // Later files wait for one that is still being written.
      if (size === 0 || isGrowing) break;
      const image = await readBlob(file);
      if (performance.now() - quietSince < idleMs / 2 && !(await hasEnd(image))) break;
      taken.add(name);
      quietSince = performance.now();
      yield { file, image };
    }
    await pause(LOOK_MS, undefined, { signal });
  }
}

/** Whether a picture ends as its format requires; true for files that are no pictures. */
async function hasEnd(image: Blob): Promise<boolean> {
  const head = Buffer.from(await image.slice(0, 12).arrayBuffer());
  const tail = Buffer.from(await image.slice(-12).arrayBuffer());
  const startsWith = (text: string) => head.toString("latin1").startsWith(text);
  if (startsWith("\x89PNG")) return tail.includes("IEND");
  if (startsWith("\xff\xd8")) return tail.includes("\xff\xd9", 0, "latin1");
  return !startsWith("RIFF") || (head.length === 12 && image.size >= head.readUInt32LE(4) + 8);
}
