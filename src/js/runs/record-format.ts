import type { FileKind } from "./input/file-kind.ts";
import type { LineFilter } from "./input/read-lines.ts";
import type { ReadRunsOptions, RunsLimits } from "./read-options.ts";
import type { Run, RunWarning } from "./run.ts";

/**
 * The interface of record formats. The input is a set of files; a format finds its records among them and reads their runs.
 * Formats do not import each other.
 */

/** One file of a record: on disk, in an archive, dropped, or text that the caller passed. */
export type RecordFile = {
  /** Path from the record's root: `/` between parts, no leading slash, never `..`. A file in a zip: `trace.zip/trace.trace`. */
  readonly path: string;
  /** Last part of `path`. */
  readonly name: string;
  /** Bytes, unpacked. */
  readonly size: number;
  /** Modification time, in ms since 1970. */
  readonly modifiedMs?: number;
  /**
   * Its kind by its first bytes. In archives, the extension decides for pictures and parts of web pages, since each would have
   * to be unpacked to read its first bytes.
   */
  readonly kind: FileKind;
  /** Guesses about its text, as far as it has been read. */
  readonly warnings: readonly RunWarning[];
  /** Returns the whole file, unpacked. For a stored entry of a zip it is a slice of the archive. */
  blob(): Promise<Blob>;
  /**
   * Returns the whole file as text. Byte order marks and UTF-16 are decoded.
   *
   * @throws `TaskGifError` `LIMIT_EXCEEDED` beyond `limits.textBytes`.
   */
  text(): Promise<string>;
  /**
   * Returns the file as JSON; it is parsed once. JSON lines become an array, Python's `NaN` and `Infinity` null. `undefined` if it is
   * no JSON.
   *
   * @throws `TaskGifError` `LIMIT_EXCEEDED` beyond `limits.textBytes` or `limits.jsonDepth`.
   */
  json(): Promise<unknown>;
  /**
   * Yields its non-empty lines without line ends, read on demand. `wants` decides by the first 512 bytes of a line whether the line,
   * its head, or nothing is decoded.
   */
  lines(wants?: LineFilter): AsyncIterable<string>;
  /** Returns a function that reads the file, for `DescribedScreenshot.image`. */
  image(): () => Promise<Blob>;
};

/** The files of a record. */
export type RecordFiles = {
  /** The files, sorted by path with `step_2` before `step_10`. An archive is listed together with its contents. */
  readonly all: readonly RecordFile[];
  /** Returns the file at exactly this path. */
  at(path: string): RecordFile | undefined;
  /**
   * Returns the file that a reference in `from` (a file or the path of a folder) names: relative to it, or else by its last parts,
   * since records are moved. Accepts absolute paths of other machines, `file:` URLs, backslashes and percent-encoding. `undefined`
   * if two files match.
   */
  find(reference: string, from: RecordFile | string): RecordFile | undefined;
  /** Returns all files below a folder or in an archive; all files for "". */
  under(folder: string): readonly RecordFile[];
};

/** A record that a format found. */
export type RecordMatch = {
  /** Path of the folder or file of the record, for messages. */
  path: string;
  /** Files that belong to the record, pictures included. Later formats do not see them. */
  claims: readonly RecordFile[];
  /** The main file of the record. */
  main: RecordFile;
};

/** The options of the caller, with defaults in place. */
export type ReadContext = {
  resolve?: ReadRunsOptions["resolve"];
  signal?: AbortSignal;
  limits: Required<RunsLimits>;
  captionsOf: "titles" | "all";
  skipBlank: boolean;
  /** Order of pictures without a record. */
  order: "name" | "time";
};

/** A format of records. */
export type RecordFormat = {
  /** Name for messages, such as "Playwright trace". */
  name: string;
  /**
   * Finds the records of this format among the files. Requires a field that only this format has. `earlier` are the records that
   * other formats have found; `files` does not contain their files.
   */
  detect(files: RecordFiles, context: ReadContext, earlier: readonly RecordMatch[]): Promise<readonly RecordMatch[]>;
  /** Reads the runs of a record that `detect` found. `files` are all files of the input. */
  read(match: RecordMatch, files: RecordFiles, context: ReadContext): Promise<readonly Run[]>;
};
