import { randomBytes } from "node:crypto";
import { closeSync, constants, createReadStream, fstatSync, openAsBlob, openSync, readSync, type Stats } from "node:fs";
import { access, link, mkdir, open, readdir, rename, rm, rmdir, stat, unlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { Semaphore } from "../js/semaphore.ts";
import { TaskGifError } from "../js/task-gif-error.ts";
import type { ChooseRange, Store, StoredFile, WriteOptions } from "../serve/stores/store.ts";

/**
 * Files up to this size are read synchronously, such as those with the state of a task. That takes tens of microseconds. The
 * four threads that Node has for files make a reader wait for writers: with 64 clients, `/gif` took five times as long.
 */
const SMALL_BYTES = 64 * 1024;
const CHUNK_BYTES = 256 * 1024;
/** Maximum number of concurrent writes. Each occupies one of those four threads; the fourth is left for readers. */
const MOST_WRITES = 3;
/** Characters that no part of a key may have. On systems other than Windows, backslashes and colons are ordinary characters. */
const UNSAFE = process.platform === "win32" ? /[\\:\0]/ : /\0/;
/** Flags for reading. `O_NONBLOCK`: without it, opening a named pipe would block the server. */
const READING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
/** Names of temporary files. */
const HALF_WRITTEN = /^\.(?:[0-9a-f]{12}\.part|[0-9a-z]+-[0-9a-z]+-[0-9a-z]+\.next)$/;
/** Age in ms from which a temporary file is removed: its writer was killed. */
const STALE_MS = 3_600_000;
/** Age in ms from which the successor of a version is removed: it normally exists for milliseconds. */
const STALE_SUCCESSOR_MS = 5000;
/** Pause in ms of a writer that finds such a successor. */
const RETRY_MS = 100;

/** A store in a folder of this machine. */
export class FileStore implements Store {
  readonly #root: string;
  readonly #writes = new Semaphore(MOST_WRITES);

  /** @param root The folder; it is created by the first write. */
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
      // An empty folder is removed, since other stores have no folders without files.
      if (isGone && dirname(path) !== this.#root) await rmdir(dirname(path)).catch(() => {});
      return isGone;
    }
    const done = await this.#writes.acquire(undefined);
    try {
      return await writeWhole(path, bytes, options);
    } catch (error) {
      // Node reports a folder that cannot be made on a read-only disk as missing.
      if (codeOf(error) === "ENOENT") await access(this.#root, constants.W_OK);
      throw error;
    } finally {
      done();
    }
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
    // Node reports a file that cannot be opened by this code.
    return (async () => openAsBlob(path))().catch((error: unknown) => {
      if (codeOf(error) === "ERR_INVALID_ARG_VALUE") return undefined;
      throw error;
    });
  }

  /** Returns the path of a key. @throws `TypeError` for a key that leads out of the root; the server makes no such key. */
  #path(key: string): string {
    const parts = key.split("/");
    const isSafe = parts.every((part) => part !== "" && part !== "." && part !== ".." && !UNSAFE.test(part));
    if (!isSafe) throw new TypeError(`key: expected a path without "..", found ${JSON.stringify(key.slice(0, 80))}`);
    return join(this.#root, ...parts);
  }
}

/** Returns an ETag. Files are replaced, never overwritten, so each version has another inode number. */
function etagOf({ ino, mtimeMs, size }: Stats): string {
  return `"${ino.toString(36)}-${Math.round(mtimeMs * 1000).toString(36)}-${size.toString(36)}"`;
}

/** Resolves to `undefined` if the file does not exist. With `key`, a file that may not be read is a `TaskGifError` `UNREADABLE`. */
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

/** Writes a temporary file and moves it to its path atomically: a link fails if the path exists, a rename replaces the file. */
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
    // A concurrent removal of the last file in the folder may have removed the folder too. Node sometimes reports ENOTDIR then.
    if (ABSENT.has(codeOf(error)) && tries > 1) return writeWhole(path, bytes, options, tries - 1);
    throw error;
  } finally {
    await rm(beside, { force: true });
  }
  // A concurrent removal of the file may have removed the folder too.
  await absent(() => sync(folder));
  return true;
}

/**
 * Replaces one version of a file, on any machine that shares the folder. The ETag of the version names its successor, and only the
 * writer that creates the file with that name may replace the version. Resolves to `false` for other writers: they read the
 * new version and try again. A successor whose writer was killed is removed after `STALE_SUCCESSOR_MS`.
 */
async function replaceVersion(path: string, beside: string, etag: string): Promise<boolean> {
  const successor = join(dirname(path), `.${etag.replaceAll('"', "")}.next`);
  try {
    await link(beside, successor);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    await removeStale(successor, STALE_SUCCESSOR_MS);
    await pause(RETRY_MS);
    return false;
  }
  // An earlier holder of the name has replaced the version before the name became free.
  const found = await absent(() => stat(path));
  if (found && etagOf(found) === etag) {
    await rename(successor, path);
    await sync(dirname(path));
    return true;
  }
  await rm(successor, { force: true });
  // If the file was removed, its folder may have been created again by this write.
  await rmdir(dirname(path)).catch(() => {});
  return false;
}

/** Flushes a file or the entries of a folder to the disk. With `bytes`, the file is created first. */
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
