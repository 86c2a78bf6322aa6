import { isPicture } from "../input/file-kind.ts";
import { folderOf } from "../input/record-path.ts";
import { sortNaturally } from "../natural-order/natural-order.ts";
import type { RecordFile, RecordFormat, RecordMatch } from "../record-format.ts";

import type { Run } from "../run.ts";

/**
 * Default path of a TestCafe screenshot: `<date>/test-1/run-1/Chrome_156.0.0.0_Debian_12/errors/1.png`; `run-1` only in
 * quarantine mode, `errors` for screenshots of failures.
 */
const PATH = /^(?<run>(?:.*\/)?test-\d+\/(?:run-\d+\/)?[^/]+_\d[\d.]*_[^/]+)\/(?<errors>errors\/)?\d+\.(?:png|jpe?g)$/;
const THUMBNAIL = /\/thumbnails\/[^/]+$/;

/** Screenshots of TestCafe: a run for each test and browser. The folders have neither test names nor texts. */
export const format: RecordFormat = {
  name: "TestCafe screenshots",

  async detect(files) {
    const runs = new Map<string, RecordFile[]>();
    for (const file of files.all) {
      const run = isPicture(file) && PATH.exec(file.path)?.groups?.run;
      if (run) runs.set(run, [...(runs.get(run) ?? []), file]);
    }
    return [...runs].map(([path, pictures]): RecordMatch => {
      const thumbnails = files.under(path).filter((file) => THUMBNAIL.test(file.path));
      return { path, claims: [...pictures, ...thumbnails], main: pictures[0]! };
    });
  },

  async read({ path, claims }, files) {
    const pictures = claims.filter((file) => PATH.test(file.path));
    const isError = (file: RecordFile) => PATH.exec(file.path)?.groups?.errors !== undefined;
    // What was taken at the failure is the last that a test does.
    const ordered = [false, true].flatMap((of) => {
      const paths = pictures.filter((file) => isError(file) === of).map((file) => file.path);
      return sortNaturally(paths).map((sorted) => files.at(sorted)!);
    });
    const hasFailed = pictures.some(isError);
    const run: Run = {
      name: nameOfRun(path),
      ...(hasFailed && { status: "failed" }),
      tool: { name: "TestCafe" },
      screenshots: ordered.map((file, i) => {
        return { image: file.image(), number: i + 1, ...(isError(file) && { failed: true }) };
      }),
      warnings: [],
    };
    return [run];
  },
};

/** Returns a name such as "test-1, Chrome 156.0.0.0 on Debian 12", with the number of the try if there are several. */
function nameOfRun(path: string): string {
  const [, test, attempt, browser] = /(test-\d+)\/(?:(run-\d+)\/)?([^/]+)$/.exec(path)!;
  const [, name, version, system] = /^(.+?)_(\d[\d.]*)_(.+)$/.exec(browser!)!;
  const parts = [test!, ...(attempt === undefined ? [] : [attempt]), `${name} ${version} on ${system}`];
  return parts.join(", ").replace(/_/g, " ") + folderSuffix(path);
}

/** Returns the folder of the whole run, a date, which distinguishes runs of several days. */
function folderSuffix(path: string): string {
  const folder = folderOf(path.slice(0, path.lastIndexOf("test-")));
  return folder === "" ? "" : ` (${folder.slice(folder.lastIndexOf("/") + 1).replace(/_/g, " ")})`;
}
