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

/** A `DataTransferItem` of a drop; what it holds is taken before `readRuns` returns, since it is gone later. */
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
   * Gives the picture that a record names and that is not among the files: a path or an address. Without it such a
   * picture is missing, and the run has a warning; addresses are not fetched by themselves.
   */
  resolve?: (reference: string) => ImageSource | PromiseLike<ImageSource> | undefined;
  /** Aborts the reading. */
  signal?: AbortSignal;
  /** Called as the reading proceeds. */
  onProgress?: (progress: RunsProgress) => void;
  /** Upper bounds that keep hostile or accidental input from taking the machine down. */
  limits?: RunsLimits;
  /**
   * What captions may tell: `"titles"` (default) leaves out what was typed, `"all"` shows it. What was typed into a
   * password field is shown by neither.
   */
  captionsOf?: "titles" | "all";
  /** Whether blank first pictures and new-tab pages are left out; default true. */
  skipBlank?: boolean;
  /**
   * Order of pictures that no record tells of: by their names (default), or `"time"`, by when the files were written, for
   * names that say no order.
   */
  order?: "name" | "time";
};

/** How files are sorted. */
export type SortFilesOptions = Pick<ReadRunsOptions, "order">;

/** Files in the order of the screenshots that they hold. */
export type SortedFiles<T extends File> = {
  /** All that were given. */
  files: T[];
  /** What was taken for their order where it is not certain, or why they are as they were given. */
  warning?: RunWarning;
};

/** How far the reading has come. */
export type RunsProgress = {
  /** `files`: looking at what the input holds; `runs`: reading the records in it. */
  phase: "files" | "runs";
  /** Files or records that are done. */
  done: number;
  /** Files or records of this phase, as far as they are known. */
  total: number;
};

/** Upper bounds for a record. What is beyond one ends in an error, `LIMIT_EXCEEDED`. */
export type RunsLimits = {
  /** Files, those in archives included; default 200,000. */
  entries?: number;
  /** Bytes unpacked from archives during the call; default 8 GiB. Pictures that are read afterwards count for themselves. */
  unpackedBytes?: number;
  /** How many times larger than its packed bytes a file of an archive may be, where it has more than 16 MiB; default 500. */
  ratio?: number;
  /** Archives within archives, and archives in HTML reports; default 3. */
  depth?: number;
  /** Bytes of one text, JSON file or line of a log; default 256 MiB. */
  textBytes?: number;
  /** Bytes of one picture; default 64 MiB. */
  imageBytes?: number;
  /** Levels of nesting in JSON; default 512. */
  jsonDepth?: number;
};
