import { randomBytes } from "node:crypto";
import { constants, unlinkSync } from "node:fs";
import { access, type FileHandle, open, realpath, rename, stat, unlink, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { describeError } from "../js/task-gif-error.ts";
import { CliError, usageError } from "./cli-error.ts";
import { EXIT } from "./exit-codes.ts";

/** Unfinished files, which are removed if the process ends. */
const unfinished = new Set<string>();

/** Removes half-written files, before the process ends. */
export function removeUnfinished(): void {
  for (const path of unfinished) {
    try {
      unlinkSync(path);
    } catch {
      // The file is finished or was never created.
    }
  }
}

/**
 * Fails before the work if the extension of the output is not `.gif`. Names without extension, devices and pipes are accepted.
 */
export async function checkGifOutput(path: string): Promise<void> {
  const ending = path === "-" ? "" : extname(path);
  if (ending !== "" && !/^\.gif$/i.test(ending) && (await kindOf(path)) !== "other") {
    throw usageError(
      `-o ${path}: only GIFs are written, not ${ending}`,
      `as in: -o ${path.slice(0, -ending.length)}.gif`,
    );
  }
  await checkOutput(path);
}

/** Checks before the work that `path` can be written, by writing an empty file beside it. */
export async function checkOutput(path: string): Promise<void> {
  if (path === "-") return;
  if (path === "") throw usageError("expected the name of a file to write, found an empty one", "as in: -o replay.gif");
  const [folder, own] = [await kindOf(dirname(resolve(path))), await kindOf(path)];
  if (folder !== "folder") throw unwritable(path, `there is no folder ${dirname(path)}`, "make the folder first");
  if (own === "folder")
    throw unwritable(path, "it is a folder", `name a file in it, as in ${join(path, "replay.gif")}`);
  try {
    if (own === "other") return await access(path, constants.W_OK);
    const beside = besideOf(await placeOf(path));
    unfinished.add(beside);
    await writeFile(beside, "", { flag: "wx" });
    await unlink(beside);
    unfinished.delete(beside);
  } catch (error) {
    throw unwritable(path, describeError(error), "name a file in a folder that can be written to, with -o");
  }
}

/**
 * Writes a whole file or none: writes and syncs a file beside it, then renames it. `-` is standard output. A symbolic link is kept and
 * its target replaced; devices and pipes are written to.
 */
export async function writeOutput(path: string, contents: Blob | string): Promise<void> {
  const bytes = typeof contents === "string" ? Buffer.from(contents) : Buffer.from(await contents.arrayBuffer());
  if (path === "-") return writeStdout(bytes);
  const place = await placeOf(path);
  const beside = besideOf(place);
  let file: FileHandle | undefined;
  try {
    if ((await kindOf(path)) === "other") return await writeFile(path, bytes);
    unfinished.add(beside);
    file = await open(beside, "wx");
    await file.writeFile(bytes);
    await file.sync();
    await file.close();
    file = undefined;
    await rename(beside, place);
  } catch (error) {
    await file?.close();
    removeUnfinished();
    throw unwritable(path, describeError(error), "check that the folder can be written to and that the disk has room");
  } finally {
    unfinished.delete(beside);
  }
}

/** Writes to standard output, and resolves when the reader has taken the bytes. */
export function writeStdout(contents: Uint8Array | string): Promise<void> {
  return new Promise((done, failed) => {
    process.stdout.write(contents, (error) => {
      if (error) failed(unwritable("standard output", error.message));
      else done();
    });
  });
}

/** Resolves symbolic links: the target is replaced, the link is kept. */
const placeOf = (path: string): Promise<string> => realpath(path).catch(() => path);

/** Returns a name beside `place` for an unfinished file. */
const besideOf = (place: string): string =>
  join(dirname(place), `.${basename(place)}.${randomBytes(4).toString("hex")}.part`);

async function kindOf(path: string): Promise<"file" | "folder" | "other" | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && (found.isDirectory() ? "folder" : found.isFile() ? "file" : "other");
}

function unwritable(path: string, reason: string, remedy?: string): CliError {
  return new CliError("OUTPUT", EXIT.output, `cannot write ${path}: ${reason}`, remedy);
}
