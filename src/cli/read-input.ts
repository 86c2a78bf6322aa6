import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { describeError } from "../js/errors.ts";
import { isAtHand } from "../js/sources/to-blob.ts";
import { stepsFrom } from "../js/steps/index.ts";
import type { DescribedScreenshot } from "../js/types.ts";
import { CliError, EXIT, usage } from "./errors.ts";

/** What was given to make a GIF of. */
export type Input = {
  screenshots: DescribedScreenshot[];
  /** A name for each screenshot, for messages: its file, or the step of a record. */
  files: string[];
  /** The record of the task, where there is one. */
  record?: unknown;
};

/** Files that are taken for screenshots in a folder. */
const PICTURE = /\.(png|jpe?g|webp)$/i;
/** Names that records have in a folder. */
const RECORDS = ["task.json", "steps.json", "history.json", "agent_history.json"];

const natural = new Intl.Collator("en", { numeric: true }).compare;

/** Reads what the paths name: screenshots, folders of them, and records of tasks. */
export async function readInput(paths: readonly string[], skipBlank: boolean): Promise<Input> {
  if (paths.length === 0) throw usage("no screenshots were given", "as in: task-gif make screenshots/ -o replay.gif");
  const input: Input = { screenshots: [], files: [] };
  for (const path of ordered(paths)) {
    const part = await readPath(path, skipBlank);
    input.screenshots.push(...part.screenshots);
    input.files.push(...part.files);
    input.record ??= part.record;
  }
  return input;
}

/** The screenshots in a folder, step_2 before step_10. */
export async function picturesIn(folder: string): Promise<string[]> {
  const names = await attempt(folder, () => readdir(folder));
  return names.filter((name) => PICTURE.test(name) && !name.startsWith(".")).sort(natural);
}

/** The record in a folder, if it has one. */
export async function recordIn(folder: string): Promise<string | undefined> {
  for (const name of RECORDS) {
    const path = join(folder, name);
    if ((await stat(path).catch(() => undefined))?.isFile()) return path;
  }
  return undefined;
}

/** Shells sort names letter by letter, so that step_10 comes before step_2; any other order is the caller's own. */
function ordered(paths: readonly string[]): readonly string[] {
  const isSorted = (compare: (a: string, b: string) => number) =>
    paths.every((path, i) => i === 0 || compare(paths[i - 1]!, path) <= 0);
  const byLetter = new Intl.Collator().compare;
  return isSorted((a, b) => (a < b ? -1 : 1)) || isSorted(byLetter) ? [...paths].sort(natural) : paths;
}

async function readPath(path: string, skipBlank: boolean): Promise<Input> {
  const found = await attempt(path, () => stat(path));
  if (!found.isDirectory()) {
    if (extname(path).toLowerCase() === ".json") return readRecord(path, skipBlank);
    return { screenshots: [{ image: await readBlob(path) }], files: [path] };
  }
  const record = await recordIn(path);
  if (record !== undefined) return readRecord(record, skipBlank);
  const files = (await picturesIn(path)).map((name) => join(path, name));
  if (files.length === 0) {
    const remedy = "give a folder with PNG, JPEG or WebP files, or with a task.json";
    throw new CliError("TOO_FEW_SCREENSHOTS", EXIT.input, `${path} has no screenshots`, remedy);
  }
  return { screenshots: await Promise.all(files.map(async (file) => ({ image: await readBlob(file) }))), files };
}

/** A record of any kind that `stepsFrom` knows, its pictures read from beside it, from paths or from the network. */
async function readRecord(path: string, skipBlank: boolean): Promise<Input> {
  const text = (await attempt(path, () => readFile(path))).toString("utf8");
  const folder = dirname(path);
  try {
    const record: unknown = JSON.parse(text);
    const listed = hasNoPictures(record) ? await picturesIn(folder) : undefined;
    const steps = stepsFrom(record, {
      skipBlank,
      resolve: (reference) => reference,
      ...(listed && { screenshots: listed }),
    });
    const files = steps.map(({ image, number }) => nameOf(image, path, number));
    const screenshots = await Promise.all(
      steps.map(async (step) =>
        isFile(step.image) ? { ...step, image: await readBlob(resolve(folder, step.image)) } : step,
      ),
    );
    return { screenshots, files, record };
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError("BAD_RECORD", EXIT.input, `${path}: ${describeError(error)}`);
  }

  function nameOf(image: unknown, path: string, number = 0): string {
    if (isFile(image)) return resolve(folder, image) === image ? image : join(folder, image);
    return typeof image === "string" && !isAtHand(image) ? image.replace(/[?#].*$/s, "") : `${path}, step ${number}`;
  }
}

/** Whether a picture is named by a path, not by an address and not given itself. */
function isFile(image: unknown): image is string {
  return typeof image === "string" && !isAtHand(image) && !/^[a-z][a-z0-9+.-]+:/i.test(image);
}

/** API v1 tells the steps of a task without their screenshots, which then stand beside the record. */
function hasNoPictures(record: unknown): boolean {
  const { steps, screenshots } = (record ?? {}) as { steps?: unknown; screenshots?: unknown };
  if (screenshots !== undefined || !Array.isArray(steps) || steps.length === 0) return false;
  return steps.every((step) => !("screenshot" in step || "screenshotUrl" in step || "nextGoal" in step));
}

/** The bytes of a file. */
export async function readBlob(path: string): Promise<Blob> {
  return new Blob([await attempt(path, () => readFile(path))]);
}

async function attempt<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file or folder" : describeError(error);
    const remedy = code === "ENOENT" ? `check the name; this is looked for in ${dirname(resolve(path))}` : undefined;
    throw new CliError("UNREADABLE", EXIT.input, `cannot read ${path}: ${reason}`, remedy);
  }
}

/** The name that a GIF gets when none is given: that of what it is made of. */
export function defaultOutput(paths: readonly string[]): string {
  const [first = "replay"] = paths;
  if (paths.length > 1) return "replay.gif";
  const name = basename(resolve(first)).replace(/\.json$/i, "");
  return `${RECORDS.includes(`${name}.json`) ? basename(dirname(resolve(first))) : name}.gif`;
}
