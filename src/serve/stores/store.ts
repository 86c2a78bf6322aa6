/** First and last byte, both included. */
export type ByteRange = {
  /** Place of the first byte, from 0. */
  first: number;
  /** Place of the last byte. */
  last: number;
};

/** What is known about a file before its bytes are read. */
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
 * Says which part of a file is wanted, once it is known how large it is: a range, nothing (`null`), or all of it
 * (`undefined`).
 */
export type ChooseRange = (facts: StoredFacts) => ByteRange | null | undefined;

/** Options of a write. */
export type WriteOptions = {
  /** Writes only what is not there yet; of many who try at once exactly one succeeds. */
  ifAbsent?: boolean;
};

/**
 * Where tasks and their media are kept. Keys are paths with `/`. A file is there as a whole or not at all, whenever the
 * process ends; what was written is there for everybody who asks afterwards.
 */
export interface Store {
  /**
   * Reads a file, or what `choose` wants of it; `undefined` when there is none.
   *
   * @throws `TaskGifError` `UNREADABLE` for a file that is there and may not be read; `list` as well, for a folder.
   */
  read(key: string, choose?: ChooseRange): Promise<StoredFile | undefined>;
  /** Writes a file, or with `null` removes it. Resolves to whether it has written. */
  write(key: string, bytes: Uint8Array<ArrayBuffer> | null, options?: WriteOptions): Promise<boolean>;
  /** Names in a folder (`""` is the root); those of folders end in `/`. Names that begin with a dot are not listed. */
  list(folder: string): Promise<string[]>;
  /**
   * A file as a blob whose bytes are read when they are asked for; `undefined` when there is none. A store without it
   * has large records in memory while they are read.
   */
  blob?(key: string): Promise<Blob | undefined>;
}

/** The whole of a file. */
export async function readBytes(store: Store, key: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const file = await store.read(key);
  if (!file?.body) return undefined;
  return file.body instanceof Uint8Array ? file.body : new Uint8Array(await new Response(file.body).arrayBuffer());
}

/** A file of JSON; `undefined` when there is none, or it is none. */
export async function readJson<Shape>(store: Store, key: string): Promise<Shape | undefined> {
  const bytes = await readBytes(store, key);
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? (value as Shape) : undefined;
  } catch {
    return undefined;
  }
}

/** Writes JSON; resolves to whether it has written. */
export function writeJson(store: Store, key: string, value: unknown, options?: WriteOptions): Promise<boolean> {
  return store.write(key, new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`), options);
}
