import { openAsBlob } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { mayNameFiles } from "../js/runs/input/file-kind.ts";
import { blobSource, type FileSource } from "../js/runs/input/file-source.ts";
import { BESIDE_LIMITS, withinLimit } from "../js/runs/input/limits.ts";
import type { RunsLimits } from "../js/runs/read-options.ts";
import { describeError, TaskGifError } from "../js/task-gif-error.ts";

/**
 * The files at a path, whose bytes are read when they are asked for: all that is in a folder and in those below it, or one
 * file. Beside a file that may name others, those of its folder are there for it to find. Hidden folders and
 * `node_modules` are left out, links are not followed.
 *
 * @throws `TaskGifError` `UNREADABLE` where there is no such path, or it may not be read.
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

/** What lies beside a file, as far as it can be read. */
async function sourcesBeside(path: string): Promise<FileSource[]> {
  const sources: FileSource[] = [];
  // A folder that may not be listed has nothing for the record to find, which then says what is missing.
  for await (const file of filesIn(dirname(resolve(path)), "", BESIDE_LIMITS.levels, () => [])) {
    if (sources.length >= BESIDE_LIMITS.files) break;
    if (file.path === resolve(path)) continue;
    const source = await fileSource(file.path, file.name).catch(() => undefined);
    if (source) sources.push({ ...source, isBeside: true, trustsName: true });
  }
  return sources;
}

/** Files in a folder and in those below it, with their path from it; `onForbidden` says what a folder has that cannot be read. */
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
  // Node 20 takes the size of a file modulo 4 GiB, without an error.
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
