import { asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { isPicture } from "../../input/file-kind.ts";
import { folderOf } from "../../input/record-path.ts";
import type { RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../record-format.ts";
import { isOfRobot, loggedFiles } from "./logged-pictures.ts";
import { runsOfResults } from "./runs-of-results.ts";

/**
 * Allure results, written by the adapters of some thirty test frameworks: a folder with `<uuid>-result.json` for each
 * try of a test, `<uuid>-container.json` for fixtures, and attachments with random names.
 */
export const format: RecordFormat = {
  name: "Allure results",

  async detect(files) {
    const folders = new Map<string, RecordFile>();
    for (const file of files.all) {
      const folder = folderOf(file.path);
      if (folders.has(folder) || !isCandidate(file, files)) continue;
      if (isResult(await file.json())) folders.set(folder, file);
    }
    return Promise.all(
      [...folders].map(async ([folder, main]): Promise<RecordMatch> => {
        const claims = files.under(folder).filter((file) => isPart(file, folder));
        const result = asObject(await main.json()) ?? {};
        const logged = isOfRobot(result) ? await loggedFiles(files.under(folder), files) : [];
        return { path: folder || main.path, claims: [...claims, ...logged], main };
      }),
    );
  },

  async read(match, files, context) {
    const folder = folderOf(match.main.path);
    const results: [RecordFile, Json][] = [];
    const fixtures: Json[] = [];
    for (const file of match.claims) {
      if (!file.name.endsWith(".json")) continue;
      const json = await file.json();
      if (file.name.endsWith("-container.json")) fixtures.push(asObject(json) ?? {});
      else if (isResult(json) && folderOf(file.path) === folder) results.push([file, json]);
    }
    return runsOfResults(
      results.map(([file, result]) => ({ file, result, ...fixturesOf(result, fixtures) })),
      files,
      context,
    );
  },
};

/** Parses only files named as results, or the only file of the input. */
function isCandidate({ name, kind }: RecordFile, { all }: RecordFiles): boolean {
  return name.endsWith("-result.json") || (all.length === 1 && kind === "json");
}

/** Returns the files of the folder, and the content of attached archives, such as traces, whatever their name. */
function isPart(file: RecordFile, folder: string): boolean {
  const path = folder === "" ? file.path : file.path.slice(folder.length + 1);
  if (path.includes("/")) return /^[^/]+-attachment(?:\.[^/]+)?\//.test(path);
  return isPicture(file) || file.kind === "json" || file.kind === "zip";
}

/** Whether it is the result of a test: `historyId` or `testCaseId` beside a `uuid` is in no other record. */
function isResult(value: unknown): value is Json {
  const result = asObject(value);
  return (
    typeof result?.uuid === "string" &&
    asText(result.name) !== undefined &&
    ["historyId", "testCaseId", "stage", "labels"].some((field) => field in result) &&
    ["status", "steps", "start"].some((field) => field in result)
  );
}

/** Returns the fixtures of one result. Fixtures shared by several results are left out. */
function fixturesOf({ uuid }: Json, containers: readonly Json[]) {
  const own = containers.filter(
    ({ children }) => Array.isArray(children) && children.length === 1 && children[0] === uuid,
  );
  return {
    befores: own.flatMap(({ befores }) => asObjects(befores)),
    afters: own.flatMap(({ afters }) => asObjects(afters)),
  };
}
