/** What a file of a record is read from: a blob, a file of a folder in Node, an entry of an archive, a parsed value. */
export type FileSource = {
  /** Path as it was given; it is checked and normalized when the file becomes part of a record. */
  path: string;
  /** Bytes, unpacked. */
  size: number;
  /** When it was written, in ms since 1970. */
  modifiedMs?: number;
  /** JSON that the caller had parsed already. */
  value?: unknown;
  /** Whether its extension is believed, since a look at its bytes costs too much. */
  trustsName?: boolean;
  /** Whether it only lies beside what was asked for: records may name it, but it is no record itself. */
  isBeside?: boolean;
  /** Its first `bytes` bytes, or all. */
  head(bytes: number): Promise<Uint8Array>;
  /** The whole. `isPicture` says that it is read after the record was, and where the caller asks for it. */
  blob(isPicture?: boolean): Promise<Blob>;
  /** Its bytes from the start, as they are asked for. */
  stream(): Promise<ReadableStream<Uint8Array>>;
};

/** A source that is a blob. */
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

/** A source that is JSON which was parsed already. */
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
