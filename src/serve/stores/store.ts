/** A range of bytes, both ends included. */
export type ByteRange = {
  /** Offset of the first byte. */
  first: number;
  /** Offset of the last byte. */
  last: number;
};

/** Size and ETag of a file. */
export type StoredFacts = {
  /** Bytes of the whole file. */
  size: number;
  /** The ETag of its contents, in quotes. */
  etag: string;
};

/** A file, or the part of it that was asked for. */
export type StoredFile = StoredFacts & {
  /** The bytes that were asked for; `null` when none were. */
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null;
};

/**
 * Chooses the part of a file to read, by its size and ETag: a range, nothing (`null`), or all of it (`undefined`).
 */
export type ChooseRange = (facts: StoredFacts) => ByteRange | null | undefined;

/** Options of a write. */
export type WriteOptions = {
  /** Writes only if the file does not exist; of concurrent writers exactly one succeeds. */
  ifAbsent?: boolean;
  /** Writes only if the file has this ETag; of concurrent writers at most one succeeds. */
  ifMatch?: string;
};

/** Maximum number of tries of `changeFile` while others change the same file. */
const MOST_TRIES = 50;

/**
 * The storage of tasks and media. Keys are paths with `/`. Writes are atomic, even if the process is killed, and a file
 * is visible to every reader as soon as its write has resolved.
 */
export interface Store {
  /**
   * Reads a file, or the part that `choose` returns; `undefined` if there is no such file.
   *
   * @throws `TaskGifError` `UNREADABLE` for a file that is there and may not be read; `list` as well, for a folder.
   */
  read(key: string, choose?: ChooseRange): Promise<StoredFile | undefined>;
  /**
   * Writes a file, or removes it if `bytes` is `null`. Resolves to whether the condition held and the file was written.
   */
  write(key: string, bytes: Uint8Array<ArrayBuffer> | null, options?: WriteOptions): Promise<boolean>;
  /**
   * Lists the names in a folder (`""`: the root). Names of folders end in `/`; names that start with a dot are not
   * listed.
   */
  list(folder: string): Promise<string[]>;
  /**
   * Returns a file as a blob whose bytes are read on demand; `undefined` if there is no such file. Without this method,
   * large records are read into memory.
   */
  blob?(key: string): Promise<Blob | undefined>;
}

/** Reads a whole file. */
export async function readBytes(store: Store, key: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const file = await store.read(key);
  if (!file?.body) return undefined;
  return file.body instanceof Uint8Array ? file.body : new Uint8Array(await new Response(file.body).arrayBuffer());
}

/** Reads a JSON file; `undefined` if it does not exist or is no JSON. */
export async function readJson<Shape>(store: Store, key: string): Promise<Shape | undefined> {
  const bytes = await readBytes(store, key);
  return bytes && jsonIn<Shape>(bytes);
}

function jsonIn<Shape>(bytes: Uint8Array): Shape | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? (value as Shape) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Changes a file: `change` maps the old content to the new one, or to `undefined` to leave it. If another process has
 * changed the file in the meantime, `change` is called again with the newer content.
 */
export async function changeFile(
  store: Store,
  key: string,
  change: (bytes: Uint8Array<ArrayBuffer> | undefined) => Uint8Array<ArrayBuffer> | undefined,
): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const file = await store.read(key);
    const bytes = file?.body ? new Uint8Array(await new Response(file.body).arrayBuffer()) : undefined;
    const next = change(bytes);
    if (!next || (await store.write(key, next, file ? { ifMatch: file.etag } : { ifAbsent: true }))) return;
  }
  throw new Error(`${key} was changed by others ${MOST_TRIES} times while it was to be changed`);
}

/** Changes a JSON file likewise. Resolves to its value afterwards. */
export async function changeJson<Shape>(
  store: Store,
  key: string,
  change: (value: Shape | undefined) => Shape | undefined,
): Promise<Shape | undefined> {
  let value: Shape | undefined;
  await changeFile(store, key, (bytes) => {
    value = bytes && jsonIn<Shape>(bytes);
    const next = change(value);
    value = next ?? value;
    return next && jsonBytes(next);
  });
  return value;
}

/** Encodes a value as a JSON file. */
export const jsonBytes = (value: unknown): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

/** Writes JSON; resolves to whether it has written. */
export function writeJson(store: Store, key: string, value: unknown, options?: WriteOptions): Promise<boolean> {
  return store.write(key, jsonBytes(value), options);
}
