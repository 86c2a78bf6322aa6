import { isPicture } from "../../input/file-kind.ts";
import { filesByFolder, folderOf, nameOf } from "../../input/record-path.ts";
import { orderOf } from "../../pictures/picture-order.ts";
import type { RecordFormat, RecordMatch } from "../../record-format.ts";
import type { Run } from "../../run.ts";

/** The folder of a test that has ended: `✗ Stall orders an apple (2)`, with the number of the try. */
const TEST = /^(?<sign>[✓✗]) (?<title>.+?)(?: \((?<attempt>\d+)\))?$/;
/** Names of Detox's own screenshots: at the start, at a failure and at the end; and of its own errors, which no run shows. */
const START = /^testStart\./;
const FAILURE = /Failure\.\w+$/;
const END = /^(?:testDone\.|after(?:Each|All))/;
const OF_DETOX = /^DETOX_/;

/** Artifacts of Detox: a folder for each try of a test, whose name contains the outcome. */
export const format: RecordFormat = {
  name: "artifacts of Detox",

  async detect(files) {
    const isOfTest = (path: string) => TEST.test(nameOf(folderOf(path)));
    const folders = await filesByFolder(files.all, (file) => isPicture(file) && isOfTest(file.path));
    const matches = [...folders].map(
      ([path, pictures]): RecordMatch => ({ path, main: pictures[0]!, claims: pictures }),
    );
    return matches.sort((a, b) => attemptOf(a.path) - attemptOf(b.path)); // the order of tests is in no name
  },

  async read({ path, claims }) {
    const { sign, title, attempt = "1" } = TEST.exec(nameOf(path))!.groups!;
    const pictures = claims.filter(({ name }) => !OF_DETOX.test(name));
    const own = orderOf(
      pictures.filter(({ name }) => placeOf(name) === OWN),
      "name",
    );
    const ordered = (place: number) => pictures.filter(({ name }) => placeOf(name) === place);
    const ownOrdered = typeof own === "string" ? [] : own.pictures;
    const shown = [...ordered(0), ...ownOrdered, ...ordered(2), ...ordered(3)];
    const run: Run = {
      name: Number(attempt) > 1 ? `${title} (retry ${Number(attempt) - 1})` : title!,
      status: sign === "✓" ? "passed" : "failed",
      tool: { name: "Detox" },
      screenshots: shown.map((file, i) => {
        return { image: file.image(), number: i + 1, ...(placeOf(file.name) === 2 && { failed: true }) };
      }),
      warnings: [],
    };
    if (typeof own === "string") run.warnings.push({ code: "ORDER_UNKNOWN", message: own });
    else if (own.guess !== undefined) run.warnings.push({ code: "ORDER_GUESSED", message: own.guess });
    return [run];
  },
};

const attemptOf = (path: string) => Number(TEST.exec(nameOf(path))?.groups?.attempt ?? 1);

/** Pictures that the test itself took. */
const OWN = 1;

function placeOf(name: string): number {
  if (START.test(name)) return 0;
  if (END.test(name)) return 3;
  return FAILURE.test(name) ? 2 : OWN;
}
