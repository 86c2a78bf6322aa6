import { TaskGifError } from "../../task-gif-error.ts";

/**
 * Normalizes a path in a record: `/` between parts, no empty part, no `.` and no leading slash.
 *
 * @throws `TaskGifError` `UNSAFE_PATH` for a path with `..` or a NUL.
 */
export function recordPath(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== "" && part !== ".");
  if (parts.includes("..") || path.includes("\0")) {
    throw new TaskGifError(
      "UNSAFE_PATH",
      `expected paths within the record, found ${JSON.stringify(path.slice(0, 200))}; a file with such a path is not opened`,
    );
  }
  return parts.join("/");
}

/** Returns the folder of a path; "" for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

/** Returns the last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Returns the path of `name` in `folder`. */
export function joinPath(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/**
 * Returns the ways to read a reference in a record, each as parts: a relative path, an absolute path of another machine or a
 * `file:` URL, with backslashes or percent-encoding. `..` and `.` are kept. A name may contain `#`, `?` or `%` as they are
 * (`step #1.png`): that reading comes first.
 */
export function referenceReadings(reference: string): (readonly string[])[] {
  const bare = reference.replace(/^file:(?:\/\/[^/]*)?/i, "").replace(/^[a-z]:(?=[\\/])/i, "");
  const asAddress = decoded(bare.replace(/[?#][^/\\]*$/, ""));
  return [...new Set([bare, asAddress])].map((text) => text.split(/[\\/]/).filter((part) => part !== ""));
}

function decoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Groups the files that `isWanted` accepts by folder, in the given order. */
export async function filesByFolder<F extends { readonly path: string }>(
  files: Iterable<F>,
  isWanted: (file: F) => boolean | Promise<boolean>,
): Promise<Map<string, F[]>> {
  const folders = new Map<string, F[]>();
  for (const file of files) {
    if (!(await isWanted(file))) continue;
    const folder = folderOf(file.path);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return folders;
}
