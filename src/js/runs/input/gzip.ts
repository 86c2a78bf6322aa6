import { TaskGifError } from "../../task-gif-error.ts";
import type { RunsLimits } from "../read-options.ts";
import type { RecordFile } from "../record-format.ts";
import { HEAD_BYTES } from "./file-kind.ts";
import type { FileSource } from "./file-source.ts";
import { firstBytes } from "./first-bytes.ts";
import { unreadable } from "./limits.ts";
import { folderOf, joinPath } from "./record-path.ts";
import { checkRatio, countUnpacked, type UnpackedBytes } from "./unpacked-bytes.ts";

/** Bytes at the end of a gzip file that tell how many bytes it unpacks to, modulo 2^32 (RFC 1952, ISIZE). */
const SIZE_BYTES = 4;
/** Largest ratio of unpacked to packed bytes that deflate can reach. */
const HIGHEST_RATIO = 1032;
/** The shortest gzip file: its header, an empty block and its trailer. */
const SHORTEST_BYTES = 20;

/**
 * Returns the file in a gzip file, such as a performance trace saved by DevTools. Its path is that of the gzip file without `.gz`.
 * It is unpacked when it is read.
 *
 * @throws `TaskGifError` `UNREADABLE` for a file that was cut off.
 */
export async function openGzip(
  archive: RecordFile,
  limits: Required<RunsLimits>,
  unpacked: UnpackedBytes,
): Promise<FileSource> {
  const packed = await archive.blob();
  if (packed.size < SHORTEST_BYTES) unreadable(archive.path, new Error("it ends before its trailer"));
  const tail = new DataView(await packed.slice(-SIZE_BYTES).arrayBuffer());
  const size = tail.getUint32(0, true);
  if (size > HIGHEST_RATIO * packed.size) unreadable(archive.path, new Error("its end does not tell its size"));
  const path = joinPath(folderOf(archive.path), unpackedName(archive.name));
  const open = () => held(packed.stream().pipeThrough(new DecompressionStream("gzip")), size, archive.path);
  const attempt = <T>(read: Promise<T>) => read.catch((error: unknown) => unreadable(archive.path, error));
  const head = await attempt(firstBytes(open(), HEAD_BYTES));
  const spend = () => {
    checkRatio(size, packed.size, limits, archive.path);
    countUnpacked(unpacked, size, limits, path);
  };
  return {
    path,
    size,
    ...(archive.modifiedMs !== undefined && { modifiedMs: archive.modifiedMs }),
    head: async (bytes) => head.subarray(0, bytes),
    blob: async () => {
      spend();
      return attempt(new Response(open()).blob());
    },
    stream: async () => {
      spend();
      return open();
    },
  };
}

function unpackedName(name: string): string {
  const bare = name.replace(/\.gz(?:ip)?$/i, "").replace(/\.tgz$/i, ".tar");
  return bare === "" ? "record" : bare;
}

/** Returns a stream that fails if it has more bytes than the gzip trailer says. */
function held(stream: ReadableStream<Uint8Array>, size: number, path: string): ReadableStream<Uint8Array> {
  let total = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(part, controller) {
      total += part.length;
      if (total <= size) return controller.enqueue(part);
      const reason = `expected ${size} bytes in ${path}, as its end tells, found more; unpack it first`;
      controller.error(new TaskGifError("UNREADABLE", reason));
    },
  });
  return stream.pipeThrough(count);
}
