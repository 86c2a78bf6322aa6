import { randomBytes } from "node:crypto";
import { closeSync, constants, createReadStream, fstatSync, openAsBlob, openSync, readSync, type Stats } from "node:fs";
import { link, mkdir, open, readdir, rename, rm, rmdir, stat, unlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { Semaphore } from "../js/semaphore.ts";
import { TaskGifError } from "../js/task-gif-error.ts";
import type { ChooseRange, Store, StoredFile, WriteOptions } from "../serve/stores/store.ts";

/**
 * Files up to here, as all that says how a task is, are read at once and on this thread. That takes tens of
 * microseconds, where the four threads that Node has for files make a reader wait for writers and for the processor:
 * with 64 clients the answer to `/gif` takes a fifth of the time.
 */
const SMALL_BYTES = 64 * 1024;
const CHUNK_BYTES = 256 * 1024;
/** Writes wait for the disk, each on one of those four threads: the last one is for readers. */
const WRITING = 3;
/** What no part of a key may have. Backslashes and colons are parts of names where they mean nothing. */
const UNSAFE = process.platform === "win32" ? /[\\:\0]/ : /\0/;
/** A pipe in a place where a file should be is opened like one, and found out: without this flag the server would hang. */
const READING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
/** Names of files that are being written. */
const HALF_WRITTEN = /^\.(?:[0-9a-f]{12}\.part|[0-9a-z]+-[0-9a-z]+-[0-9a-z]+\.next)$/;
/** A half-written file this old has lost its writer. */
const STALE_MS = 3_600_000;
/** One that is about to take the place of another is there for milliseconds. */
const HELD_MS = 5000;
/** How long those wait who find it. */
const RETRY_MS = 100;

/** Tasks in a folder of this machine. */
export class FileStore implements Store {
  readonly #root: string;
  readonly #turns = new Semaphore(WRITING);

  /** @param root The folder; it is made when something is written. */
  constructor(root: string) {
    this.#root = resolve(root);
  }

  async read(key: string, choose: ChooseRange = () => undefined): Promise<StoredFile | undefined> {
    const path = this.#path(key);
    const descriptor = await absent(async () => openSync(path, READING), key);
    if (descriptor === undefined) return undefined;
    let isStreaming = false;
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) return undefined;
      const facts = { size: stats.size, etag: etagOf(stats) };
      const range = choose(facts);
      if (range === null || stats.size === 0) return { ...facts, body: range === null ? null : new Uint8Array() };
      const { first, last } = range ?? { first: 0, last: stats.size - 1 };
      const length = last - first + 1;
      if (length <= SMALL_BYTES) {
        const bytes = new Uint8Array(length);
        return { ...facts, body: bytes.subarray(0, readSync(descriptor, bytes, 0, length, first)) };
      }
      isStreaming = true; // the stream closes the file
      const stream = createReadStream("", { fd: descriptor, start: first, end: last, highWaterMark: CHUNK_BYTES });
      return { ...facts, body: Readable.toWeb(stream) as ReadableStream<Uint8Array> };
    } finally {
      if (!isStreaming) closeSync(descriptor);
    }
  }

  async write(key: string, bytes: Uint8Array | null, options: WriteOptions = {}): Promise<boolean> {
    const path = this.#path(key);
    if (bytes === null) {
      const isGone = (await absent(() => unlink(path).then(() => true))) ?? false;
      // Folders are there for their files, as in stores that have none.
      if (isGone && dirname(path) !== this.#root) await rmdir(dirname(path)).catch(() => {});
      return isGone;
    }
    const done = await this.#turns.acquire(undefined);
    return writeWhole(path, bytes, options).finally(done);
  }

  async list(folder: string): Promise<string[]> {
    const path = folder === "" ? this.#root : this.#path(folder.replace(/\/$/, ""));
    const entries = (await absent(() => readdir(path, { withFileTypes: true }), folder)) ?? [];
    const names: string[] = [];
    for (const entry of entries) {
      if (HALF_WRITTEN.test(entry.name)) await removeStale(join(path, entry.name));
      if (entry.name.startsWith(".")) continue;
      if (entry.isDirectory()) names.push(`${entry.name}/`);
      else if (entry.isFile()) names.push(entry.name);
    }
    return names;
  }

  async blob(key: string): Promise<Blob | undefined> {
    const path = this.#path(key);
    // Node tells by this code that the file cannot be opened.
    return (async () => openAsBlob(path))().catch((error: unknown) => {
      if (codeOf(error) === "ERR_INVALID_ARG_VALUE") return undefined;
      throw error;
    });
  }

  /** Keys are made by the server, from ids, and from names that it has checked or found; this makes sure. */
  #path(key: string): string {
    const parts = key.split("/");
    const isSafe = parts.every((part) => part !== "" && part !== "." && part !== ".." && !UNSAFE.test(part));
    if (!isSafe) throw new TypeError(`key: expected a path without "..", found ${JSON.stringify(key.slice(0, 80))}`);
    return join(this.#root, ...parts);
  }
}

/** A file is never written again, only replaced: a new one has another number. */
function etagOf({ ino, mtimeMs, size }: Stats): string {
  return `"${ino.toString(36)}-${Math.round(mtimeMs * 1000).toString(36)}-${size.toString(36)}"`;
}

/** Resolves to nothing where nothing is. What may not be read is said of `key`, if that is given. */
async function absent<T>(act: () => Promise<T>, key?: string): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    const code = codeOf(error);
    if (ABSENT.has(code)) return undefined;
    if (key === undefined || !FORBIDDEN.has(code)) throw error;
    throw new TaskGifError("UNREADABLE", `the server may not read ${key} (${code}): change its permissions`);
  }
}

const ABSENT = new Set(["ENOENT", "ENOTDIR", "EISDIR", "ENAMETOOLONG", "ELOOP"]);
const FORBIDDEN = new Set(["EACCES", "EPERM"]);

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? "";

/** Writes beside the place, and puts it there in one step: a link fails when the name is taken, a rename replaces. */
async function writeWhole(path: string, bytes: Uint8Array, options: WriteOptions, tries = 10): Promise<boolean> {
  const { ifAbsent, ifMatch } = options;
  const folder = dirname(path);
  const beside = join(folder, `.${randomBytes(6).toString("hex")}.part`);
  try {
    const made = await mkdir(folder, { recursive: true });
    if (made !== undefined) await sync(dirname(made));
    await sync(beside, bytes);
    if (ifMatch !== undefined) return await replaceVersion(path, beside, ifMatch);
    await (ifAbsent ? link(beside, path) : rename(beside, path));
  } catch (error) {
    if (ifAbsent && codeOf(error) === "EEXIST") return false;
    // Its folder may have gone with the last file in it, between two of these lines, or while it was made: then Node says
    // ENOTDIR now and then.
    if (ABSENT.has(codeOf(error)) && tries > 1) return writeWhole(path, bytes, options, tries - 1);
    throw error;
  } finally {
    await rm(beside, { force: true });
  }
  // Whoever has removed the file since may have taken the folder with it.
  await absent(() => sync(folder));
  return true;
}

/**
 * Puts a file in the place of one version of another. Whoever holds the name that this version gives its successor may
 * replace it, on whatever machine he is: others are told that it is no longer so. They come again, by when it is true, or
 * the name has been left by somebody who was killed.
 */
async function replaceVersion(path: string, beside: string, etag: string): Promise<boolean> {
  const successor = join(dirname(path), `.${etag.replaceAll('"', "")}.next`);
  try {
    await link(beside, successor);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    await removeStale(successor, HELD_MS);
    await pause(RETRY_MS);
    return false;
  }
  // Who held the name before has replaced the version before the name was free.
  const found = await absent(() => stat(path));
  if (found && etagOf(found) === etag) {
    await rename(successor, path);
    await sync(dirname(path));
    return true;
  }
  await rm(successor, { force: true });
  // Where the version is gone, so may be its folder, which was made again for nothing.
  await rmdir(dirname(path)).catch(() => {});
  return false;
}

/** Waits until a file, which it may write first, or the names in a folder are on the disk. */
async function sync(path: string, bytes?: Uint8Array): Promise<void> {
  if (!bytes && process.platform === "win32") return; // folders cannot be opened there
  const file = await open(path, bytes ? "wx" : "r");
  try {
    if (bytes) await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function removeStale(path: string, afterMs = STALE_MS): Promise<void> {
  const found = await absent(() => stat(path));
  if (found && Date.now() - found.mtimeMs > afterMs) await rm(path, { force: true });
}
