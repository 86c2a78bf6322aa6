import type { ImageSource } from "../public-types.ts";
import type { RunWarning } from "./run.ts";

/** One file or folder of a record, as the browser hands it over, or its contents. */
export type RecordSource = Blob | ArrayBuffer | ArrayBufferView | string | RecordHandle | RecordEntry | RecordItem;

/**
 * What `readRuns` takes: a file of any kind, several, dropped or chosen folders, files by their path, bytes, the text of
 * a record, or a record that was parsed already.
 */
export type RunsInput = RecordSource | ArrayLike<RecordSource> | ReadonlyMap<string, Blob | ArrayBufferView> | object;

/** A `FileSystemHandle`, as `showDirectoryPicker()` and `getAsFileSystemHandle()` give it. */
export type RecordHandle = {
  /** Whether it is of a file or of a folder. */
  readonly kind: "file" | "directory";
  /** Name of the file or folder. */
  readonly name: string;
};

/** A `FileSystemEntry`, as `webkitGetAsEntry()` gives it. */
export type RecordEntry = {
  /** Whether it is a file. */
  readonly isFile: boolean;
  /** Whether it is a folder. */
  readonly isDirectory: boolean;
  /** Path from the root of the drop. */
  readonly fullPath: string;
};

/** A `DataTransferItem` of a drop. Its files are taken before `readRuns` returns, since they are not available later. */
export type RecordItem = {
  /** `"file"`, or `"string"` for text that was dragged along. */
  readonly kind: string;
  /** Media type. */
  readonly type: string;
  /** The file, if it is one. */
  getAsFile(): File | null;
};

/** How a record is read. */
export type ReadRunsOptions = {
  /**
   * Returns a picture that a record names by a path or an address, if it is not among the files. Without this function, or if it
   * returns `undefined`, the run has a warning. Addresses are never fetched automatically.
   */
  resolve?: (reference: string) => ImageSource | PromiseLike<ImageSource> | undefined;
  /** Aborts the call. */
  signal?: AbortSignal;
  /** Called when a file or record is done. */
  onProgress?: (progress: RunsProgress) => void;
  /** Limits that protect the machine from hostile or huge input. */
  limits?: RunsLimits;
  /**
   * Content of captions: `"titles"` (default) leaves out typed text, `"all"` shows it. Text that was typed into a password field is
   * never shown.
   */
  captionsOf?: "titles" | "all";
  /** Whether blank first pictures and new-tab pages are left out; default true. */
  skipBlank?: boolean;
  /**
   * Order of pictures without a record: by their names (default), or by the time at which the files were written (`"time"`), for
   * names without an order.
   */
  order?: "name" | "time";
};

/** How files are sorted. */
export type SortFilesOptions = Pick<ReadRunsOptions, "order">;

/** Sorted files. */
export type SortedFiles<T extends File> = {
  /** All files of the call. */
  files: T[];
  /** How an uncertain order was guessed, or why the files are in the given order. */
  warning?: RunWarning;
};

/** Progress of a call. */
export type RunsProgress = {
  /** `files`: files are opened and archives unpacked; `runs`: records are read. */
  phase: "files" | "runs";
  /** Number of files or records that are done. */
  done: number;
  /** Number of files or records of this phase that are known so far. */
  total: number;
};

/** Limits for a record. Input beyond a limit is an error, `LIMIT_EXCEEDED`. */
export type RunsLimits = {
  /** Maximum number of files, including those in archives; default 200,000. */
  entries?: number;
  /** Maximum number of bytes unpacked from archives during the call; default 8 GiB. Pictures that are read later do not count. */
  unpackedBytes?: number;
  /** Maximum ratio of unpacked to packed bytes of a file in an archive, from 16 MiB on; default 500. */
  ratio?: number;
  /** Maximum nesting of archives; default 3. An archive in an HTML report counts too. */
  depth?: number;
  /** Maximum number of bytes of a text, a JSON file or a line of a log; default 256 MiB. */
  textBytes?: number;
  /** Maximum number of bytes of a picture; default 64 MiB. */
  imageBytes?: number;
  /** Maximum nesting of JSON; default 512. */
  jsonDepth?: number;
};
