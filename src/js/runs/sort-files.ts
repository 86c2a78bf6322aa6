import { lazyImport } from "../lazy-import.ts";
import { oneOf, record, someText } from "../options/argument-checks.ts";
import type { SortedFiles, SortFilesOptions } from "./read-options.ts";

/**
 * Sorts screenshot files that people pick, drop or paste, like `readRuns` sorts those of a folder: by the numbers, dates and words
 * in their names, or by the time at which the files were written. If the order is uncertain, `warning` says how it was guessed
 * (`ORDER_GUESSED`). If the names have no order, the files are returned as given, and `warning` says why (`ORDER_UNKNOWN`).
 *
 * @throws `TypeError` for invalid arguments.
 */
export async function sortFiles<T extends File>(
  files: Iterable<T>,
  options: SortFilesOptions = {},
): Promise<SortedFiles<T>> {
  const { order = "name" } = record(options, "options", ["order"]) as SortFilesOptions;
  oneOf(order, "options.order", ["name", "time"]);
  const given = [...files];
  const { orderOf } = await lazyImport(import("./pictures/picture-order.ts"));
  const named = given.map((file, i) => {
    const name = someText(file?.name, `files[${i}].name`);
    // A getter, since browsers read the time from the disk synchronously and most names do not need it.
    return {
      file,
      name,
      get modifiedMs() {
        return file.lastModified;
      },
    };
  });
  const ordered = orderOf(named, order);
  if (typeof ordered === "string") return { files: given, warning: { code: "ORDER_UNKNOWN", message: ordered } };
  const sorted = ordered.pictures.map(({ file }) => file);
  if (ordered.guess === undefined) return { files: sorted };
  return { files: sorted, warning: { code: "ORDER_GUESSED", message: ordered.guess } };
}
