import { stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { picturesIn, readBlob } from "./read-input.ts";

/** How often the folder is looked at; polling works on every file system, notifications do not. */
const LOOK_MS = 200;

/** How to watch. */
export type WatchFolderOptions = {
  /** Without a new screenshot for so long the task counts as over. */
  idleMs: number;
  signal?: AbortSignal;
};

/** A screenshot that has appeared. */
export type NewScreenshot = { file: string; image: Blob };

/**
 * The screenshots of a folder that is still growing, each as soon as it is whole: when it has not grown between two
 * looks and ends as its format does, or nothing follows for half of `idleMs`. Those that are there at once come in natural order, later ones as they appear. Ends when nothing has
 * appeared for `idleMs`.
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
      // A later one must not overtake one that is still being written.
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

/** Whether a picture has the end that its format wants. What is no picture has all that it will have. */
async function hasEnd(image: Blob): Promise<boolean> {
  const head = Buffer.from(await image.slice(0, 12).arrayBuffer());
  const tail = Buffer.from(await image.slice(-12).arrayBuffer());
  const startsWith = (text: string) => head.toString("latin1").startsWith(text);
  if (startsWith("\x89PNG")) return tail.includes("IEND");
  if (startsWith("\xff\xd8")) return tail.includes("\xff\xd9", 0, "latin1");
  return !startsWith("RIFF") || (head.length === 12 && image.size >= head.readUInt32LE(4) + 8);
}
