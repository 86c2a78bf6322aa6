/** The source of a file of a record: a blob, a file of a folder in Node, an entry of an archive, or a parsed value. */
export type FileSource = {
  /** Path as given. It is checked and normalized when the file is added to a record. */
  path: string;
  /** Bytes, unpacked. */
  size: number;
  /** Modification time, in ms since 1970. */
  modifiedMs?: number;
  /** JSON that the caller has parsed already. */
  value?: unknown;
  /** Whether its extension decides its kind, since reading its first bytes costs too much. */
  trustsName?: boolean;
  /** Whether it lies beside the requested files: records may name it, but it is not read as a record. */
  isBeside?: boolean;
  /** Returns its first `bytes` bytes, or all. */
  head(bytes: number): Promise<Uint8Array>;
  /** Returns all bytes. `isPicture`: it is read on demand, after the record. */
  blob(isPicture?: boolean): Promise<Blob>;
  /** Streams its bytes. */
  stream(): Promise<ReadableStream<Uint8Array>>;
};

/** Returns a source for a blob. */
export function blobSource(path: string, blob: Blob): FileSource {
  const modifiedMs = (blob as Partial<File>).lastModified;
  return {
    path,
    size: blob.size,
    ...(modifiedMs !== undefined && { modifiedMs }),
    head: async (bytes) => new Uint8Array(await blob.slice(0, bytes).arrayBuffer()),
    blob: async () => blob,
    stream: async () => blob.stream(),
  };
}

/** Returns a source for JSON that was parsed already. */
export function valueSource(path: string, value: unknown): FileSource {
  const blob = () => new Blob([JSON.stringify(value)]);
  return {
    path,
    size: 0,
    value,
    head: async () => new Uint8Array(),
    blob: async () => blob(),
    stream: async () => blob().stream(),
  };
}
