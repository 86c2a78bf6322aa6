import { lazyImport } from "../../lazy-import.ts";
import { TaskGifError } from "../../task-gif-error.ts";
import type { RunsLimits } from "../read-options.ts";
import type { RecordFile } from "../record-format.ts";
import type { RunWarning } from "../run.ts";
import { FileSet, freePath } from "./file-set.ts";
import type { FileSource } from "./file-source.ts";
import { withinLimit } from "./limits.ts";
import { OpenedFile } from "./opened-file.ts";
import { recordPath } from "./record-path.ts";
import type { UnpackedBytes } from "./unpacked-bytes.ts";

/** Number of files whose first bytes are read at the same time. */
const AT_ONCE = 32;

/** The files of a record, with the contents of archives. */
export type OpenedFiles = {
  files: FileSet;
  /** Files that lie beside the requested files. */
  beside: ReadonlySet<RecordFile>;
  /** Archives that could not be opened. */
  problems: RunWarning[];
};

/** Finds the kind of every source, and opens archives. `onOpened` gets the number of opened and of known files. */
export async function openFiles(
  sources: readonly FileSource[],
  limits: Required<RunsLimits>,
  signal: AbortSignal | undefined,
  onOpened: (done: number, total: number) => void,
): Promise<OpenedFiles> {
  const unpacked: UnpackedBytes = { total: 0 };
  const files: RecordFile[] = [];
  const problems: RunWarning[] = [];
  const taken = new Set<string>();
  const beside = new Set<RecordFile>();
  let level = sources;
  for (let depth = 0; level.length > 0; depth++) {
    const opened = await openAll(level, taken, limits, signal, (done) =>
      onOpened(files.length + done, files.length + level.length),
    );
    files.push(...opened);
    for (const [i, { isBeside }] of level.entries()) if (isBeside) beside.add(opened[i]!);
    const archives = opened.filter(({ kind }) => kind === "zip" || kind === "gzip");
    if (archives.length > 0)
      withinLimit(depth + 1, "depth", limits, `archives within each other (${archives[0]!.path})`);
    const inside: FileSource[] = [];
    for (const archive of archives) {
      try {
        const entries = await openArchive(archive, limits, unpacked, signal);
        inside.push(...(beside.has(archive) ? entries.map((entry) => ({ ...entry, isBeside: true })) : entries));
      } catch (error) {
        if (!(error instanceof TaskGifError)) throw error;
        if (beside.has(archive)) continue;
        if (error.code !== "UNREADABLE") throw error;
        problems.push({ code: error.code, message: error.message });
      }
      withinLimit(files.length + inside.length, "entries", limits, "files");
    }
    level = inside;
  }
  return { files: new FileSet(files), beside, problems };
}

async function openArchive(
  archive: RecordFile,
  limits: Required<RunsLimits>,
  unpacked: UnpackedBytes,
  signal: AbortSignal | undefined,
): Promise<FileSource[]> {
  if (archive.kind === "gzip") {
    const { openGzip } = await lazyImport(import("./gzip.ts"), signal);
    return [await openGzip(archive, limits, unpacked)];
  }
  const { openZip } = await lazyImport(import("./zip.ts"), signal);
  return openZip(archive, limits, unpacked);
}

async function openAll(
  sources: readonly FileSource[],
  taken: Set<string>,
  limits: Required<RunsLimits>,
  signal: AbortSignal | undefined,
  onOpened: (done: number) => void,
): Promise<RecordFile[]> {
  const files: RecordFile[] = [];
  for (let start = 0; start < sources.length; start += AT_ONCE) {
    signal?.throwIfAborted();
    const some = sources.slice(start, start + AT_ONCE).map((source) => {
      const path = freePath(recordPath(source.path) || "record", taken);
      taken.add(path);
      return OpenedFile.open(source, path, limits);
    });
    files.push(...(await Promise.all(some)));
    onOpened(files.length);
  }
  return files;
}
