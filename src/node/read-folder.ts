import { openAsBlob } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { mayNameFiles } from "../js/runs/input/file-kind.ts";
import { blobSource, type FileSource } from "../js/runs/input/file-source.ts";
import { BESIDE_LIMITS, withinLimit } from "../js/runs/input/limits.ts";
import type { RunsLimits } from "../js/runs/read-options.ts";
import { describeError, TaskGifError } from "../js/task-gif-error.ts";

/**
 * Returns the files at a path: one file, or all files of a folder and the folders below it. For a record that may name other
 * files, those in its folder are returned too. Hidden folders and `node_modules` are left out, and links are not followed.
 * Contents are read on demand.
 *
 * @throws `TaskGifError` `UNREADABLE` if the path does not exist or may not be read, `LIMIT_EXCEEDED` for too many files.
 */
export async function fileSources(path: string, limits: Required<RunsLimits>): Promise<FileSource[]> {
  const found = await attempt(path, () => stat(path));
  if (found.isDirectory()) {
    const sources: FileSource[] = [];
    for await (const file of filesIn(path, "", Number.POSITIVE_INFINITY)) {
      sources.push(await fileSource(file.path, file.name));
      withinLimit(sources.length, "entries", limits, `files in ${path}`);
    }
    return sources;
  }
  const main = await fileSource(path, basename(resolve(path)));
  return mayNameFiles(await main.head(64)) ? [main, ...(await sourcesBeside(path))] : [main];
}

/** Returns the readable files beside a file, within `BESIDE_LIMITS`. */
async function sourcesBeside(path: string): Promise<FileSource[]> {
  const sources: FileSource[] = [];
  // A folder that may not be listed counts as empty: the record then reports what is missing.
  for await (const file of filesIn(dirname(resolve(path)), "", BESIDE_LIMITS.levels, () => [])) {
    if (sources.length >= BESIDE_LIMITS.files) break;
    if (file.path === resolve(path)) continue;
    const source = await fileSource(file.path, file.name).catch(() => undefined);
    if (source) sources.push({ ...source, isBeside: true, trustsName: true });
  }
  return sources;
}

/**
 * Yields the files in a folder and in up to `deepest` levels of folders, with their path relative to it. `onForbidden` gives the
 * entries of a folder that may not be listed; without it such a folder is an error.
 */
async function* filesIn(
  folder: string,
  prefix: string,
  deepest: number,
  onForbidden?: () => [],
): AsyncGenerator<{ path: string; name: string }> {
  const listing = attempt(folder, () => readdir(folder, { withFileTypes: true }));
  for (const entry of await (onForbidden ? listing.catch(onForbidden) : listing)) {
    const path = join(folder, entry.name);
    const name = prefix + entry.name;
    if (entry.isFile()) yield { path, name };
    else if (entry.isDirectory() && deepest > 1 && !entry.name.startsWith(".") && entry.name !== "node_modules") {
      yield* filesIn(path, `${name}/`, deepest - 1, onForbidden);
    }
  }
}

async function fileSource(path: string, name: string): Promise<FileSource> {
  const [blob, { mtimeMs, size }] = await attempt(path, () => Promise.all([openAsBlob(path), stat(path)]));
  // Node 20 cuts off files of 4 GiB and more without an error.
  if (blob.size !== size) {
    const remedy =
      size >= 2 ** 32 ? "Node 20 reads files of at most 4 GiB: use Node 22 or later" : "try again when it is written";
    throw new TaskGifError("UNREADABLE", `cannot read ${path}: expected ${size} bytes, found ${blob.size}; ${remedy}`);
  }
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
