import { stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { picturesIn, readBlob } from "./screenshots.ts";

/** How often the folder is looked at; polling works on every file system, notifications do not. */
const LOOK_MS = 200;

/** How to watch. */
export type WatchWishes = {
  /** Without a new screenshot for so long the task counts as over. */
  idleMs: number;
  signal?: AbortSignal;
};

/** A screenshot that has appeared. */
export type Appeared = { file: string; image: Blob };

/**
 * The screenshots of a folder that is still growing, each as soon as it is whole: when it has not grown between two
 * looks. Those that are there at once come in natural order, later ones as they appear. Ends when nothing has
 * appeared for `idleMs`.
 */
export async function* watchFolder(folder: string, { idleMs, signal }: WatchWishes): AsyncGenerator<Appeared> {
  const taken = new Set<string>();
  const sizes = new Map<string, number>();
  let quietSince = performance.now();
  while (performance.now() - quietSince < idleMs) {
    for (const name of await picturesIn(folder)) {
      if (taken.has(name)) continue;
      const size = (await stat(join(folder, name)).catch(() => undefined))?.size ?? 0;
      const isWhole = size > 0 && sizes.get(name) === size;
      if (sizes.get(name) !== size) quietSince = performance.now();
      sizes.set(name, size);
      // A later one must not overtake one that is still being written.
      if (!isWhole) break;
      taken.add(name);
      quietSince = performance.now();
      yield { file: join(folder, name), image: await readBlob(join(folder, name)) };
    }
    await pause(LOOK_MS, undefined, { signal });
  }
}
