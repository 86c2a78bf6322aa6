/** Writes a whole file. */
export type FileWriter = (path: string | URL, bytes: Uint8Array) => Promise<void>;

let writer: FileWriter | undefined;

/** Registers how files are written, where the platform has files. */
export function useFileWriter(write: FileWriter): void {
  writer ??= write;
}

/** What was registered; `undefined` in a page. */
export function fileWriter(): FileWriter | undefined {
  return writer;
}
