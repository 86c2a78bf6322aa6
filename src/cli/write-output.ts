import { randomBytes } from "node:crypto";
import { unlinkSync } from "node:fs";
import { type FileHandle, open, realpath, rename, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { describeError } from "../js/errors.ts";
import { CliError, EXIT } from "./errors.ts";

/** Files that are being written and must not stay when the process ends. */
const unfinished = new Set<string>();

/** Takes away what is only half written; for when the process is about to end. */
export function removeUnfinished(): void {
  for (const path of unfinished) {
    try {
      unlinkSync(path);
    } catch {
      // It was finished, or never begun.
    }
  }
}

/** Finds out before the work whether `path` can be written, as far as that can be known. */
export async function checkOutput(path: string): Promise<void> {
  if (path === "-") return;
  const [folder, own] = [await kindOf(dirname(resolve(path))), await kindOf(path)];
  if (folder !== "folder") throw unwritable(path, `there is no folder ${dirname(path)}`, "make the folder first");
  if (own === "folder")
    throw unwritable(path, "it is a folder", `name a file in it, as in ${join(path, "replay.gif")}`);
}

/**
 * Writes a whole file or none: beside it under another name, on the disk, and then in its place. `-` is standard
 * output. A link stays and leads to the new file, and a device or a pipe is written to.
 */
export async function writeOutput(path: string, contents: Blob | string): Promise<void> {
  const bytes = typeof contents === "string" ? Buffer.from(contents) : Buffer.from(await contents.arrayBuffer());
  if (path === "-") return writeOut(bytes);
  const place = await realpath(path).catch(() => path);
  const beside = join(dirname(place), `.${basename(place)}.${randomBytes(4).toString("hex")}.part`);
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

/** Writes to standard output and waits until it is out, however slow its reader is. */
export function writeOut(contents: Uint8Array | string): Promise<void> {
  return new Promise((done, failed) => {
    process.stdout.write(contents, (error) => {
      if (error) failed(unwritable("standard output", error.message));
      else done();
    });
  });
}

async function kindOf(path: string): Promise<"file" | "folder" | "other" | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && (found.isDirectory() ? "folder" : found.isFile() ? "file" : "other");
}

function unwritable(path: string, reason: string, remedy?: string): CliError {
  return new CliError("OUTPUT", EXIT.output, `cannot write ${path}: ${reason}`, remedy);
}
