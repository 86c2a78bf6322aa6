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
  /** Writes only over the version with this ETag; of many who try at once at most one succeeds. */
  ifMatch?: string;
};

/** How often a change is tried anew when others have changed the same file meanwhile. */
const MOST_TRIES = 50;

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
 * Changes a file: `change` gets what is there and gives what is to be there, or `undefined` where nothing is to change.
 * When somebody else, on whatever machine, has changed it meanwhile, `change` is asked anew.
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

/** The same for JSON. Resolves to what is there afterwards. */
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

/** A value as a file of JSON. */
export const jsonBytes = (value: unknown): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

/** Writes JSON; resolves to whether it has written. */
export function writeJson(store: Store, key: string, value: unknown, options?: WriteOptions): Promise<boolean> {
  return store.write(key, jsonBytes(value), options);
}
