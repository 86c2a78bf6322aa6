import { openAsBlob } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { describeError, TaskGifError } from "../js/errors.ts";
import { blobSource, type FileSource } from "../js/runs/input/file-source.ts";
import { withinLimit } from "../js/runs/input/limits.ts";
import type { RunsLimits } from "../js/runs/types.ts";

/**
 * The files at a path, whose bytes are read when they are asked for: a file alone, or all that is in a folder and in
 * those below it. Hidden folders and `node_modules` are left out, links are not followed.
 *
 * @throws `TaskGifError` `UNREADABLE` where there is no such path, or it may not be read.
 */
export async function fileSources(path: string, limits: Required<RunsLimits>): Promise<FileSource[]> {
  const found = await attempt(path, () => stat(path));
  if (!found.isDirectory()) return [await fileSource(path, basename(resolve(path)))];
  const sources: FileSource[] = [];
  await addFolder(path, "");
  return sources;

  async function addFolder(folder: string, prefix: string): Promise<void> {
    for (const entry of await attempt(folder, () => readdir(folder, { withFileTypes: true }))) {
      const inside = join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules") {
        await addFolder(inside, `${prefix}${entry.name}/`);
      } else if (entry.isFile()) {
        sources.push(await fileSource(inside, prefix + entry.name));
        withinLimit(sources.length, "entries", limits, `files in ${path}`);
      }
    }
  }
}

async function fileSource(path: string, name: string): Promise<FileSource> {
  const [blob, { mtimeMs }] = await attempt(path, () => Promise.all([openAsBlob(path), stat(path)]));
  return { ...blobSource(name, blob), modifiedMs: mtimeMs };
}

async function attempt<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const reason = isMissing ? "there is no such file or folder; check the name" : describeError(error);
    throw new TaskGifError("UNREADABLE", `cannot read ${path}: ${reason}`, undefined, error);
  }
}
