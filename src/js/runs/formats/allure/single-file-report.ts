import { blobSource } from "../../input/file-source.ts";
import { openFiles } from "../../input/open-files.ts";
import { blobOfBase64 } from "../../pictures/blob-of-base64.ts";
import type { ReadContext, RecordFile, RecordFiles } from "../../record-format.ts";

/** A result among the files in a page: `d("data/test-results/….json","…")`. */
const RESULT = /\bd\((["'])data\/test-(?:cases|results)\/[^"']+\.json\1,/;
/** A file in a page: its path, and its bytes in base64. */
const FILE = /\bd\((["'])(data\/[^"'\\]+)\1,\s*(["'])([A-Za-z0-9+/=]*)\3\)/g;

/** Whether a page is a report of Allure 2 or 3 in a single file. */
export async function isSingleFileReport(page: RecordFile, { limits }: ReadContext): Promise<boolean> {
  return page.kind === "html" && page.size <= limits.textBytes && RESULT.test(await page.text());
}

/** Returns the files that a page contains, under the paths that they have in a report of many files. */
export async function filesOfSingleFile(page: RecordFile, { limits, signal }: ReadContext): Promise<RecordFiles> {
  const sources = [...(await page.text()).matchAll(FILE)].map(([, , path, , base64]) => {
    return blobSource(path!, blobOfBase64(base64!));
  });
  const { files } = await openFiles(sources, limits, signal, () => {});
  return files;
}
