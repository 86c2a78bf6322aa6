import { sha256 } from "hono/utils/crypto";
import type { FileSource } from "../../js/runs/input/file-source.ts";
import { TaskGifError } from "../../js/task-gif-error.ts";
import { readBytes, type Store, type StoredFacts } from "../stores/store.ts";

/** Number of files whose size and ETag are requested concurrently. */
const AT_ONCE = 16;
/** Maximum size in bytes of a file that is read into memory, if the store cannot return it as a blob. */
const MOST_BYTES = 256 << 20;

/** A file in a store: its key, its path in the record that it belongs to, its size and its ETag. */
export type ListedFile = StoredFacts & { key: string; path: string };

/** What happens if a file or folder is not readable: the listing fails, or skips it. */
type Forbidden = "refuse" | "leave out";

/** Keys of the files below a folder of a store, without `node_modules`; stores list no hidden names. */
export async function* keysBelow(
  store: Store,
  folder: string,
  deepest: number,
  forbidden: Forbidden = "refuse",
): AsyncGenerator<string> {
  for (const name of (await allowed(store.list(folder), forbidden)) ?? []) {
    if (!name.endsWith("/")) yield `${folder}/${name}`;
    else if (deepest > 1 && name !== "node_modules/") {
      yield* keysBelow(store, `${folder}/${name.slice(0, -1)}`, deepest - 1, forbidden);
    }
  }
}

/** Returns path, size and ETag of the existing files among `keys`; paths start at character `from` of the keys. */
export async function listedFiles(
  store: Store,
  keys: readonly string[],
  from: number,
  forbidden: Forbidden = "refuse",
): Promise<ListedFile[]> {
  const files: ListedFile[] = [];
  for (let start = 0; start < keys.length; start += AT_ONCE) {
    const some = keys.slice(start, start + AT_ONCE).map(async (key): Promise<ListedFile[]> => {
      const found = await allowed(
        store.read(key, () => null),
        forbidden,
      );
      return found ? [{ key, path: key.slice(from), size: found.size, etag: found.etag }] : [];
    });
    files.push(...(await Promise.all(some)).flat());
  }
  return files;
}

/** Returns what `read` resolves to; `undefined` if it is not readable and is to be skipped. */
async function allowed<T>(reading: Promise<T>, forbidden: Forbidden): Promise<T | undefined> {
  return reading.catch((error: unknown) => {
    if (forbidden === "leave out" && error instanceof TaskGifError) return undefined;
    throw error;
  });
}

/** Returns a version that changes whenever any of the files changes. */
export async function versionOf(files: readonly Omit<ListedFile, "key">[]): Promise<string> {
  const lines = files.map(({ path, size, etag }) => JSON.stringify([path, size, etag]));
  return ((await sha256(lines.sort().join("\n"))) ?? "").slice(0, 32);
}

/** Returns a stored file as a source for `readRunsFrom`. */
export function storeSource(store: Store, { key, path, size }: ListedFile): FileSource {
  const gone = () => new TaskGifError("UNREADABLE", `${path} is no longer there`);
  return {
    path,
    size,
    async head(bytes) {
      const last = Math.min(bytes, size) - 1;
      const file = await store.read(key, () => (last < 0 ? null : { first: 0, last }));
      return file?.body ? new Uint8Array(await new Response(file.body).arrayBuffer()) : new Uint8Array();
    },
    async blob() {
      const blob = await store.blob?.(key);
      if (blob) return blob;
      if (size > MOST_BYTES) {
        throw new TaskGifError("LIMIT_EXCEEDED", `expected at most ${MOST_BYTES} bytes in ${path}, found ${size}`);
      }
      const bytes = await readBytes(store, key);
      if (!bytes) throw gone();
      return new Blob([bytes]);
    },
    async stream() {
      const file = await store.read(key);
      if (!file?.body) throw gone();
      return file.body instanceof Uint8Array ? new Blob([file.body]).stream() : file.body;
    },
  };
}
