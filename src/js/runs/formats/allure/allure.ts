import { asNumber, asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { isPicture } from "../../input/file-kind.ts";
import { folderOf } from "../../input/record-path.ts";
import type { ReadContext, RecordFile, RecordFiles, RecordFormat, RecordMatch } from "../../record-format.ts";
import { FAILURE_UNSEEN, plainError, screenshotsOf } from "../../reports/report-frames.ts";
import type { Run } from "../../types.ts";
import { allureFrames } from "./allure-frames.ts";

/**
 * Allure results, as the adapters of some thirty test frameworks write them: a folder with `<uuid>-result.json` for each
 * try of a test, `<uuid>-container.json` for fixtures, and attachments under names that say nothing.
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
    return [...folders].map(([folder, main]): RecordMatch => {
      const claims = files.under(folder).filter((file) => folderOf(file.path) === folder && isPart(file));
      return { path: folder || main.path, claims, main };
    });
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
    results.sort(([, a], [, b]) => (asNumber(a.start) ?? 0) - (asNumber(b.start) ?? 0));
    const names = namesOf(results.map(([, result]) => result));
    const runs: Run[] = [];
    for (const [i, [file, result]] of results.entries()) {
      runs.push(await readResult(result, names[i]!, file, fixtures, files, context));
    }
    return runs;
  },
};

/** Only files named as results are parsed, or the one file that was given. */
function isCandidate({ name, kind }: RecordFile, { all }: RecordFiles): boolean {
  return name.endsWith("-result.json") || (all.length === 1 && kind === "json");
}

const isPart = (file: RecordFile) =>
  isPicture(file) || /-(?:result|container)\.json$/.test(file.name) || file.kind === "json";

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

async function readResult(
  result: Json,
  name: string,
  file: RecordFile,
  containers: readonly Json[],
  files: RecordFiles,
  context: ReadContext,
): Promise<Run> {
  const own = containers.filter(
    ({ children }) => Array.isArray(children) && children.length === 1 && children[0] === result.uuid,
  );
  const befores = own.flatMap(({ befores }) => asObjects(befores));
  const afters = own.flatMap(({ afters }) => asObjects(afters));
  const { frames, isOrderGuessed, isFailureUnseen } = allureFrames(result, befores, afters, modifiedMsOf(file, files));
  const { screenshots, warnings } = await screenshotsOf(frames, file, files, context);
  if (isOrderGuessed) {
    const message =
      "the record does not say when some attachments were made; they are put behind the steps of their test or step";
    warnings.push({ code: "ORDER_GUESSED", message });
  }
  if (isFailureUnseen && screenshots.length > 0) warnings.push(FAILURE_UNSEEN);
  const status = statusOf(result.status);
  const error = plainError(asText(asObject(result.statusDetails)?.message));
  const startedAtMs = asNumber(result.start);
  const framework = labelOf(result, "framework");
  return {
    name,
    ...(status && { status }),
    ...(error !== undefined && status === "failed" && { error }),
    ...(startedAtMs !== undefined && { startedAtMs }),
    tool: { name: framework === undefined ? "Allure" : `Allure (${framework})` },
    screenshots,
    warnings,
  };
}

/** When the file of an attachment was written. */
function modifiedMsOf(result: RecordFile, files: RecordFiles): (source: string) => number | undefined {
  return (source) => files.find(source, result)?.modifiedMs;
}

/** A failure that is no assertion is "broken". */
function statusOf(status: unknown): Run["status"] {
  if (status === "passed" || status === "skipped") return status;
  return status === "failed" || status === "broken" ? "failed" : undefined;
}

function labelOf(result: Json, name: string): string | undefined {
  return asText(asObjects(result.labels).find((label) => label.name === name)?.value);
}

/** Names of the runs: tests of one name are told apart by their suite, tries of one test by their number. */
function namesOf(results: readonly Json[]): string[] {
  const histories = new Map<string, Set<string>>();
  for (const result of results) {
    const name = asText(result.name)!;
    histories.set(name, (histories.get(name) ?? new Set()).add(historyOf(result)));
  }
  const tries = new Map<string, number>();
  return results.map((result) => {
    const history = historyOf(result);
    const number = tries.get(history) ?? 0;
    tries.set(history, number + 1);
    const name = asText(result.name)!;
    const suite = ["parentSuite", "suite", "subSuite"].map((label) => labelOf(result, label)).filter(Boolean);
    const isShared = histories.get(name)!.size > 1 && suite.length > 0;
    return `${isShared ? `${suite.join(" › ")} › ${name}` : name}${number > 0 ? ` (retry ${number})` : ""}`;
  });
}

const historyOf = (result: Json) => asText(result.historyId) ?? asText(result.uuid)!;
