import { stat } from "node:fs/promises";
import { orderOf } from "../../js/runs/pictures/picture-order.ts";
import { TaskGifError } from "../../js/task-gif-error.ts";

/** Paths in the order in which they are shown, and warnings about guesses. */
export type OrderedPaths = { paths: readonly string[]; warning?: string };

/**
 * Orders paths as those of a folder if they are in the order of a shell (step_10 before step_2), or if `order` asks for
 * it. Any other order was meant, and is kept.
 *
 * @throws `TaskGifError` `ORDER_UNKNOWN` where an order is asked for that nothing tells.
 */
export async function orderPaths(paths: readonly string[], order: "name" | "time" | undefined): Promise<OrderedPaths> {
  if (paths.length < 2 || (order === undefined && !isOfShell(paths))) return { paths };
  const files = await Promise.all(
    paths.map(async (name) => ({ name, modifiedMs: (await stat(name).catch(() => undefined))?.mtimeMs })),
  );
  const ordered = orderOf(files, order ?? "name");
  if (typeof ordered === "string") {
    if (order !== undefined) throw new TaskGifError("ORDER_UNKNOWN", ordered);
    return { paths, warning: `${ordered}; they were taken as they were given` };
  }
  const sorted = ordered.pictures.map(({ name }) => name);
  return ordered.guess === undefined ? { paths: sorted } : { paths: sorted, warning: ordered.guess };
}

/** Whether paths are in the order of a shell. */
function isOfShell(paths: readonly string[]): boolean {
  const isSorted = (compare: (a: string, b: string) => number) =>
    paths.every((path, i) => i === 0 || compare(paths[i - 1]!, path) <= 0);
  return isSorted((a, b) => (a < b ? -1 : 1)) || isSorted(new Intl.Collator().compare);
}
