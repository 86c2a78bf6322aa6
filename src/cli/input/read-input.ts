import { existsSync, statSync } from "node:fs";
import { open, readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { DescribedScreenshot, ImageSource } from "../../js/public-types.ts";
import { type FileKind, HEAD_BYTES, hasPictureName, kindOf } from "../../js/runs/input/file-kind.ts";
import { picturePath } from "../../js/runs/input/opened-file.ts";
import { sortNaturally } from "../../js/runs/natural-order/natural-order.ts";
import type { ReadRunsOptions } from "../../js/runs/read-options.ts";
import { readRunsFrom } from "../../js/runs/read-runs.ts";
import type { Run } from "../../js/runs/run.ts";
import { describeError, TaskGifError } from "../../js/task-gif-error.ts";
import { fileSources } from "../../node/read-folder.ts";
import { CliError, usageError } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";
import type { OwnFlag } from "../parse-args.ts";
import { chooseRun } from "../runs/choose-run.ts";
import { orderPaths } from "./order-paths.ts";

/** The screenshots of a GIF and their origin. */
export type GifInput = {
  screenshots: DescribedScreenshot[];
  /** Name of each screenshot in messages: its file, or the step of a record. */
  files: string[];
  /** The run of a record; absent for separate screenshots. */
  run?: Run;
  /** Warnings about guesses and missing parts. */
  warnings: string[];
};

/** Options for reading records. */
export type InputOptions = Pick<ReadRunsOptions, "skipBlank" | "order" | "captionsOf"> & {
  /** Number or name of the run, for records with several. */
  run?: string | undefined;
  /** Whether a path that cannot be read is left out like a bad frame. */
  skipBad?: boolean;
};

/** Flags of every command that reads records. */
export const INPUT_FLAGS = {
  run: { value: "N|NAME", help: "which run of a record with several: its number, from 1, or its name" },
  order: { value: "HOW", help: "order of pictures without a record: name (the default) or time" },
  "captions-of": { value: "WHAT", help: "titles (the default) leaves out what was typed, all shows it" },
} satisfies Record<string, OwnFlag>;

/** Names of record files that stand for their folder. */
const RECORD_NAMES = /^(task|steps|history|agent_history|trace|report|index|output)\.(json|zip|html|xml)$/i;
/** File types of screenshots. */
const PICTURE_KINDS: ReadonlySet<FileKind> = new Set(["png", "jpeg", "webp", "gif", "avif"]);

/** Returns the input options of a command line. */
export function inputOptions(values: Record<string, unknown>, skipBlank: boolean | undefined): InputOptions {
  const text = (name: string) => values[name] as string | undefined;
  const word = <Word extends string>(name: string, words: readonly Word[]): Word | undefined => {
    const value = text(name);
    if (value === undefined || words.includes(value as Word)) return value as Word | undefined;
    throw usageError(`--${name}: expected ${words.join(" or ")}, found ${value}`);
  };
  const order = word("order", ["name", "time"]);
  const captionsOf = word("captions-of", ["titles", "all"]);
  return {
    ...(skipBlank !== undefined && { skipBlank }),
    ...(order && { order }),
    ...(captionsOf && { captionsOf }),
    run: text("run"),
  };
}

/**
 * Reads the given paths: screenshots, folders of them, and records of any kind that `readRuns` knows. With `skipBad`, a path that
 * cannot be read counts as a bad screenshot, which the assembly leaves out and reports.
 */
export async function readInput(paths: readonly string[], options: InputOptions): Promise<GifInput> {
  if (paths.length === 0)
    throw usageError("no screenshots were given", "as in: task-gif make screenshots/ -o replay.gif");
  const { paths: ordered, warning } = await orderPaths(paths, options.order);
  const input: GifInput = { screenshots: [], files: [], warnings: warning === undefined ? [] : [warning] };
  for (const path of ordered) {
    // A path that does not exist is a mistake in the command line, unless bad frames are left out.
    if (!options.skipBad) await attempt(path, () => stat(path));
    if (hasPictureName(path) || (await isPictureFile(path))) {
      input.screenshots.push({ image: () => readPicture(path) });
      input.files.push(path);
      continue;
    }
    try {
      const run = chooseRun(await readRunsAt(path, options), options.run, path);
      addRun(input, run, path);
      input.run ??= run;
    } catch (error) {
      if (!options.skipBad || paths.length === 1) throw error;
      input.screenshots.push({ image: () => Promise.reject(error) });
      input.files.push(path);
    }
  }
  return input;
}

/** Reads one of several screenshots. A file that cannot be read is a bad frame, like one that cannot be decoded. */
async function readPicture(path: string): Promise<Blob> {
  try {
    return await readBlob(path);
  } catch (error) {
    throw new TaskGifError("UNREADABLE", describeError(error), undefined, error);
  }
}

/** The runs of the record at a path, in the order in which the record has them. */
export async function readRunsAt(path: string, { run: _, skipBad: __, ...options }: InputOptions): Promise<Run[]> {
  const folder = (await attempt(path, () => stat(path))).isDirectory() ? path : dirname(path);
  return readRunsFrom(({ limits }) => fileSources(path, limits), {
    ...options,
    resolve: (reference) => pictureAt(reference, folder),
  });
}

/** Adds the screenshots of a run, with a name for each, and its warnings. */
export function addRun(input: GifInput, run: Run, path: string): void {
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path);
  input.screenshots.push(...run.screenshots);
  input.warnings.push(...run.warnings.map(({ message }) => message));
  input.files.push(...run.screenshots.map((screenshot, i) => nameOf(screenshot, i, path, folder)));
}

function nameOf({ image, number }: DescribedScreenshot, i: number, path: string, folder: string): string {
  const file = picturePath(image);
  if (file !== undefined) return join(folder, file);
  if (typeof image === "string" && /^https?:/.test(image)) return image.replace(/[?#].*$/s, "");
  return `${path}, step ${number ?? i + 1}`;
}

/**
 * A picture that a record names and that is not beside it: an address, or a file on this machine. Tools write some
 * pictures into their working directory, above the folder of their output.
 */
function pictureAt(reference: string, folder: string): ImageSource | Promise<ImageSource> | undefined {
  if (/^https?:\/\//i.test(reference)) return reference;
  const path = /^file:/i.test(reference) ? fileURLToPath(reference) : reference;
  const places = [folder, dirname(resolve(folder)), dirname(dirname(resolve(folder)))];
  const found = places.map((place) => resolve(place, path)).find((file) => existsSync(file));
  return found === undefined ? undefined : pictureFile(found);
}

async function pictureFile(path: string): Promise<Blob> {
  if (!(await isPictureFile(path))) throw new TaskGifError("UNREADABLE", `${path} is no picture`);
  return readPicture(path);
}

/** The screenshots in a folder, in natural order. */
export async function picturesIn(folder: string): Promise<string[]> {
  const names = await attempt(folder, () => readdir(folder));
  return sortNaturally(names.filter((name) => hasPictureName(name) && !name.startsWith(".")));
}

/** Whether a file is a picture that can be decoded, by its first bytes. */
async function isPictureFile(path: string): Promise<boolean> {
  const found = await attempt(path, () => stat(path));
  if (found.isDirectory()) return false;
  const file = await attempt(path, () => open(path));
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return PICTURE_KINDS.has(kindOf(buffer.subarray(0, bytesRead)));
  } finally {
    await file.close();
  }
}

/** Reads the bytes of a file. */
export async function readBlob(path: string): Promise<Blob> {
  return new Blob([await attempt(path, () => readFile(path))]);
}

async function attempt<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file or folder" : describeError(error);
    const remedy = code === "ENOENT" ? whereabouts(path) : undefined;
    throw new CliError("UNREADABLE", EXIT.input, `cannot read ${path}: ${reason}`, remedy);
  }
}

/** Returns the default name of the GIF: that of its input. */
export function defaultOutput(paths: readonly string[]): string {
  const [first = "replay"] = paths;
  if (paths.length > 1) return "replay.gif";
  const own = resolve(first);
  const isCommon = RECORD_NAMES.test(basename(own));
  return `${basename(isCommon ? dirname(own) : own, isCommon ? "" : extname(own))}.gif`;
}

/** The name of a run as part of a file name: letters and digits of any script, dashes for the rest. */
export function fileNameOf(run: Run, number: number): string {
  const words = (run.name ?? "run").normalize("NFC").match(/[\p{L}\p{M}\p{N}]+/gu) ?? ["run"];
  return `${String(number).padStart(3, "0")}-${words.join("-").slice(0, 60)}.gif`;
}

/** Returns the remedy for a path that does not exist: some shells pass patterns unexpanded. */
function whereabouts(path: string): string {
  if (path === "-") return "only files and folders are read, no pipe: write it to a file first";
  if (/[*?]/.test(basename(path))) return `patterns are not expanded: give the folder, as in ${dirname(path)}`;
  return `check the name; this is looked for in ${dirname(resolve(path))}`;
}
