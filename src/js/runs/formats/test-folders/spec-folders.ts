import { isPicture } from "../../input/file-kind.ts";
import { folderOf, nameOf } from "../../input/record-path.ts";
import { isComparedPicture } from "../../pictures/is-compared-picture.ts";
import { orderOf } from "../../pictures/picture-order.ts";
import type { RecordFile, RecordFormat, RecordMatch } from "../../record-format.ts";
import type { Run } from "../../run.ts";

/**
 * Screenshots of Cypress and of Vitest's browser mode: a folder for each test file, in which the names of pictures begin
 * with the test. Each test is a run, and for Cypress each try of a test. Pictures with a name of the test's own choice form
 * one run per folder, since their test is unknown.
 */
export const format: RecordFormat = {
  name: "screenshots of Cypress or Vitest",

  async detect(files) {
    const pictures = files.all.filter((file) => isPicture(file) && !isComparedPicture(file, files));
    const ofFailures = new Set(pictures.filter(isCypressFailure).map(({ path }) => folderOf(path)));
    const folders = new Map<string, RecordFile[]>();
    for (const file of pictures) {
      const own = folderOf(file.path);
      const folder = SPEC.exec(file.path)?.[1] ?? (ofFailures.has(own) ? own : undefined);
      if (folder !== undefined) folders.set(folder, [...(folders.get(folder) ?? []), file]);
    }
    return [...folders].flatMap(([folder, claims]): RecordMatch[] => {
      return toolOf(folder, claims) === undefined ? [] : [{ path: folder, claims, main: claims[0]! }];
    });
  },

  async read({ path, claims }) {
    const tool = toolOf(path, claims)!;
    const pictures = claims.map((file) => {
      const name = path === "" ? file.path : file.path.slice(path.length + 1);
      const stem = name.replace(/\.\w+$/, "");
      return { ...(tool === "Cypress" ? cypressPicture(stem) : vitestPicture(stem)), name, file };
    });
    const tests = grouped(pictures, ({ titles }) => JSON.stringify(titles));
    return tests.flatMap((test) => {
      const tries = grouped(test, ({ attempt }) => attempt).sort(([a], [b]) => a!.attempt - b!.attempt);
      return tries.map((pictures) => runOfTry(pictures, nameOf(path), tool));
    });
  },
};

/** A path below the folder of a test file, which is the first group: `stall.cy.js`, `stall.test.ts`, `stall_spec.js`. */
const SPEC = /^((?:.*\/)?[^/]*[._](?:cy|spec|test|e2e)\.[cm]?[jt]sx?|(?:.*\/)?[^/]+\.feature)\/./i;
/** Separator between the titles of a test in names of Cypress. */
const BETWEEN = " -- ";
/** Suffixes that Cypress adds to a name, in this order. */
const CYPRESS = /^(.+?)( \(failed\))?(?: \(attempt (\d+)\))?(?: \((\d+)\))?$/;
/** The title that Cypress adds if a hook failed. */
const HOOK = /^(?:before|after) (?:each|all) hook$/;
/** The number of a Vitest picture, counted over all tries of a test. */
const VITEST = /^(.+)-(\d+)$/;

const isCypressFailure = ({ name }: RecordFile) => name.includes(BETWEEN) && name.includes(" (failed)");

/** The tool that wrote the pictures of a folder. */
function toolOf(folder: string, pictures: readonly RecordFile[]): "Cypress" | "Vitest" | undefined {
  if (/\.cy\.\w+$/.test(folder) || pictures.some(({ name }) => name.includes(BETWEEN))) return "Cypress";
  const isVitest = /(?:^|\/)__screenshots__\//.test(folder) || pictures.every(({ name }) => /-\d+\.\w+$/.test(name));
  return isVitest && /\.(?:spec|test)\.[cm]?[jt]sx?$/.test(folder) ? "Vitest" : undefined;
}

/** Facts in the name of a picture: the test, the try, and the position in the try. */
type NamedPicture = {
  /** Absent for a picture that the test named. */
  titles?: readonly string[];
  /** From 1. */
  attempt: number;
  hasFailed: boolean;
  place: number;
};

function cypressPicture(stem: string): NamedPicture {
  const [, title = stem, failed, attempt = "1", copy = "0"] = CYPRESS.exec(stem) ?? [];
  const isOfTest = failed !== undefined || title.includes(BETWEEN);
  return {
    ...(isOfTest && { titles: title.split(BETWEEN).filter((part) => !HOOK.test(part)) }),
    attempt: Number(attempt),
    hasFailed: failed !== undefined,
    place: Number(copy),
  };
}

function vitestPicture(stem: string): NamedPicture {
  const [, title, number] = VITEST.exec(stem) ?? [];
  return { ...(title !== undefined && { titles: [title] }), attempt: 1, hasFailed: false, place: Number(number) };
}

/** Returns the pictures of each group, in the order of their first pictures. */
function grouped<T>(pictures: readonly T[], keyOf: (picture: T) => unknown): T[][] {
  const groups = new Map<unknown, T[]>();
  for (const picture of pictures) groups.set(keyOf(picture), [...(groups.get(keyOf(picture)) ?? []), picture]);
  return [...groups.values()];
}

/** Returns the run of the pictures of one try, or of the pictures that the tests of a file named. */
function runOfTry(
  pictures: readonly (NamedPicture & { name: string; file: RecordFile })[],
  spec: string,
  tool: string,
): Run {
  const { titles = [], attempt } = pictures[0]!;
  const ordered = titles.length > 0 ? { pictures: inOrder(pictures) } : orderOf(pictures, "name");
  const isUnknown = typeof ordered === "string";
  const name = [spec, ...titles].filter((part) => part !== "").join(" › ");
  return {
    ...(name !== "" && { name: attempt > 1 ? `${name} (retry ${attempt - 1})` : name }),
    ...(pictures.some(({ hasFailed }) => hasFailed) && { status: "failed" }),
    tool: { name: tool },
    screenshots: (isUnknown ? [] : ordered.pictures).map(({ file, hasFailed }, i) => {
      return { image: file.image(), number: i + 1, ...(hasFailed && { failed: true }) };
    }),
    warnings: isUnknown
      ? [{ code: "ORDER_UNKNOWN", message: ordered }]
      : "guess" in ordered && ordered.guess !== undefined
        ? [{ code: "ORDER_GUESSED", message: ordered.guess }]
        : [],
  };
}

/** What was taken at the failure is the last that a try does. */
function inOrder<T extends NamedPicture>(pictures: readonly T[]): T[] {
  return [...pictures].sort((a, b) => Number(a.hasFailed) - Number(b.hasFailed) || a.place - b.place);
}
