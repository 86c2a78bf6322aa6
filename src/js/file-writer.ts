/** Writes a whole file. */
export type FileWriter = (path: string | URL, bytes: Uint8Array) => Promise<void>;

let writer: FileWriter | undefined;

/** Registers the function that writes files; called by entries of platforms with files. */
export function useFileWriter(write: FileWriter): void {
  writer ??= write;
}

/** Returns the registered function; `undefined` in a page. */
export function fileWriter(): FileWriter | undefined {
  return writer;
}
