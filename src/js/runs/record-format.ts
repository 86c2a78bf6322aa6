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
  /** When it was written, in ms since 1970. */
  readonly modifiedMs?: number;
  /**
   * Its kind by its first bytes. In archives, the extension decides for pictures and parts of web pages, since each would have
   * to be unpacked to read its first bytes.
   */
  readonly kind: FileKind;
  /** What had to be guessed of its text, as far as that has been read. */
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
   * The whole as JSON, parsed once; JSON lines are an array, Python's `NaN` and `Infinity` are null. `undefined` when it
   * is no JSON.
   *
   * @throws `TaskGifError` `LIMIT_EXCEEDED` beyond `limits.textBytes` or `limits.jsonDepth`.
   */
  json(): Promise<unknown>;
  /**
   * Its lines without their ends, read as they are asked for; empty ones are left out. A filter that
   * looks at the first 512 bytes of a line saves decoding those that are not wanted, or of which the head is enough.
   */
  lines(wants?: LineFilter): AsyncIterable<string>;
  /** Its picture for `DescribedScreenshot.image`, read on demand. */
  image(): () => Promise<Blob>;
};

/** The files of a record. */
export type RecordFiles = {
  /** The files, sorted by path with `step_2` before `step_10`. An archive is listed together with its contents. */
  readonly all: readonly RecordFile[];
  /** The file at exactly this path. */
  at(path: string): RecordFile | undefined;
  /**
   * The file that `reference` means where it is written in `from` (a file or the path of a folder): relative to it, or
   * else by its last parts, since records are moved. Absolute paths of other machines, `file:` URLs, backslashes and
   * percent-encoding are understood. Nothing where two files could be meant.
   */
  find(reference: string, from: RecordFile | string): RecordFile | undefined;
  /** The files below a folder (or in an archive), however deep; all for "". */
  under(folder: string): readonly RecordFile[];
};

/** A record that a format found. */
export type RecordMatch = {
  /** Folder or file that the record is, for messages. */
  path: string;
  /** Files that belong to the record, pictures included. Later formats do not see them. */
  claims: readonly RecordFile[];
  /** The file that tells what happened. */
  main: RecordFile;
};

/** What the caller asked for. */
export type ReadContext = {
  resolve?: ReadRunsOptions["resolve"];
  signal?: AbortSignal;
  limits: Required<RunsLimits>;
  captionsOf: "titles" | "all";
  skipBlank: boolean;
  /** Order of pictures without a record. */
  order: "name" | "time";
};

/** One kind of record. */
export type RecordFormat = {
  /** Name for messages, such as "Playwright trace". */
  name: string;
  /**
   * The records of this kind among the files. Requires a field that only this format has. `earlier` are those that other
   * formats have found; what they claim is not among the files.
   */
  detect(files: RecordFiles, context: ReadContext, earlier: readonly RecordMatch[]): Promise<readonly RecordMatch[]>;
  /** The runs of a record that `detect` found; `files` are all of the input. */
  read(match: RecordMatch, files: RecordFiles, context: ReadContext): Promise<readonly Run[]>;
};
