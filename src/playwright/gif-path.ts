import { dirname, isAbsolute, join, relative, sep } from "node:path";
import type { TestCase, TestResult } from "./reporter-api.ts";

/**
 * Returns the path for the GIF of a result: `replay.gif` in the folder of the result, where Playwright keeps its trace. That folder
 * is the first one below the output folder of the project. The files of merged reports are all in one folder; the name of the
 * GIF then contains the id of the test.
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
