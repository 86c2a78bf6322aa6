import { dirname, isAbsolute, join, relative, sep } from "node:path";
import type { TestCase, TestResult } from "./reporter-api.ts";

/**
 * Where the GIF of a result belongs: its own folder, in which Playwright has put the trace and what else it keeps, is the
 * first below the project's. Files of merged reports lie together in one folder, where the GIF needs a name of its own.
 */
export function gifPath({ id, parent }: TestCase, { attachments, retry }: TestResult): string {
  const outputDir = parent.project()?.outputDir ?? "test-results";
  const paths = attachments.flatMap(({ path }) => path ?? []);
  for (const path of paths) {
    const [folder, ...rest] = relative(outputDir, path).split(sep);
    const isInside = folder && folder !== ".." && !isAbsolute(folder) && rest.length > 0;
    if (isInside && !folder.startsWith(".")) return join(outputDir, folder, "replay.gif");
  }
  const name = `replay-${id}${retry > 0 ? `-retry${retry}` : ""}.gif`;
  return join(paths[0] === undefined ? outputDir : dirname(paths[0]), name);
}
