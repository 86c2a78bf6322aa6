import { lazyImport } from "../lazy-import.ts";
import { oneOf, record, someText } from "../options/argument-checks.ts";
import type { SortedFiles, SortFilesOptions } from "./read-options.ts";

/**
 * Sorts the files of screenshots as `readRuns` does those of a folder, for pictures that people pick, drop or paste: as
 * they mean the names, or by when the files were written. Where names do not say the order for certain, `warning` says
 * what was taken for it (`ORDER_GUESSED`); where they say none, it says why, and the files stay as they are
 * (`ORDER_UNKNOWN`).
 *
 * @throws `TypeError` for wrong arguments.
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
    // A browser looks at the disk for the time while the page waits; most names need none.
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
