import { type Reader, unzipRaw, type ZipEntry } from "unzipit";
import { TaskGifError } from "../../task-gif-error.ts";
import type { RunsLimits } from "../read-options.ts";
import type { RecordFile } from "../record-format.ts";
import type { FileSource } from "./file-source.ts";
import { firstBytes } from "./first-bytes.ts";
import { unreadable, withinLimit } from "./limits.ts";
import { joinPath, recordPath } from "./record-path.ts";
import { checkRatio, countUnpacked, type UnpackedBytes } from "./unpacked-bytes.ts";

/**
 * Reads zip archives by their central directory. Entries are read on demand, and a stored entry is a slice of the archive. The
 * library is unzipit: it reads parts of a blob (fflate does not), supports zip64, checks sizes, and takes 4.6 kB where zip.js
 * takes 38 kB.
 */

/** Typical size in bytes of an entry in the central directory, with its name and extra fields. */
const DIRECTORY_ENTRY_BYTES = 512;

/**
 * Returns the files in an archive. Directories and further files of the same path are left out.
 *
 * @throws `TaskGifError` `UNREADABLE` for a broken archive, `LIMIT_EXCEEDED` for too many entries, `UNSAFE_PATH` for a path that
 * leads out of the archive.
 */
export async function openZip(
  archive: RecordFile,
  limits: Required<RunsLimits>,
  unpacked: UnpackedBytes,
): Promise<FileSource[]> {
  const reader = new BoundedReader(await archive.blob(), archive.path, limits);
  const { entries } = await unzipRaw(reader).catch((error: unknown) => unreadable(archive.path, error));
  withinLimit(entries.length, "entries", limits, `files in ${archive.path}`);
  const sources = new Map<string, FileSource>();
  for (const entry of entries) {
    const path = joinPath(archive.path, recordPath(entry.name));
    if (entry.isDirectory || entry.name.endsWith("/") || sources.has(path)) continue;
    sources.set(path, entrySource(path, entry, limits, unpacked));
  }
  return [...sources.values()];
}

function entrySource(path: string, entry: ZipEntry, limits: Required<RunsLimits>, unpacked: UnpackedBytes): FileSource {
  const check = () => {
    if (entry.encrypted) throw new TaskGifError("UNREADABLE", `cannot read ${path}: it is encrypted; unpack it first`);
    checkRatio(entry.size, entry.compressedSize, limits, path);
  };
  const spend = () => {
    check();
    countUnpacked(unpacked, entry.size, limits, path);
  };
  const attempt = <T>(read: () => Promise<T>) => read().catch((error: unknown) => unreadable(path, error));
  return {
    path,
    size: entry.size,
    modifiedMs: entry.lastModDate.getTime(),
    trustsName: true,
    head: async (bytes) => {
      if (entry.encrypted) return new Uint8Array();
      // A file that cannot be unpacked has a kind too; reading all of it reports the error.
      const read = entry.stream().then((stream) => firstBytes(stream, bytes));
      return read.catch(() => new Uint8Array([0]));
    },
    blob: async (isPicture) => {
      if (!isPicture) {
        spend();
        return attempt(() => entry.blob());
      }
      check();
      // Copied, since in Node 20 a worker crashes on a slice of a file.
      return attempt(async () => new Blob([await entry.arrayBuffer()]));
    },
    stream: async () => {
      spend();
      return attempt(() => entry.stream());
    },
  };
}

/** Reads a blob, but refuses a central directory that is larger than the limit on entries allows. */
class BoundedReader implements Reader {
  readonly #blob: Blob;
  readonly #path: string;
  readonly #limits: Required<RunsLimits>;

  constructor(blob: Blob, path: string, limits: Required<RunsLimits>) {
    this.#blob = blob;
    this.#path = path;
    this.#limits = limits;
  }

  async getLength(): Promise<number> {
    return this.#blob.size;
  }

  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    withinLimit(length / DIRECTORY_ENTRY_BYTES - 128, "entries", this.#limits, `files in ${this.#path}`);
    return new Uint8Array(await this.#slice(offset, length).arrayBuffer());
  }

  async readStream(offset: number, length: number): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    return this.#slice(offset, length).stream() as ReadableStream<Uint8Array<ArrayBuffer>>;
  }

  async sliceAsBlob(offset: number, length: number, type = ""): Promise<Blob> {
    return this.#slice(offset, length, type);
  }

  /** Refuses offsets that are no integers, which a truncated directory gives and some runtimes accept. */
  #slice(offset: number, length: number, type?: string): Blob {
    if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0) {
      throw new RangeError("expected places in the archive, found other numbers");
    }
    return this.#blob.slice(offset, offset + length, type);
  }
}
