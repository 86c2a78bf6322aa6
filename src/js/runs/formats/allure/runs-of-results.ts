import { asNumber, asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { asString } from "../../as-string.ts";
import type { ReadContext, RecordFile, RecordFiles } from "../../record-format.ts";
import { FAILURE_UNSEEN, plainError, screenshotsOf } from "../../reports/report-frames.ts";
import type { Run } from "../../run.ts";
import { readTraceArchive } from "../playwright-trace/read-trace.ts";
import { allureFrames } from "./allure-frames.ts";
import { hasFailed } from "./allure-tree.ts";
import { isOfRobot, withLoggedPictures } from "./logged-pictures.ts";

/** One try of a test with its fixtures, in the form that the adapters write. */
export type AllureResult = {
  result: Json;
  befores: readonly Json[];
  afters: readonly Json[];
  /** The file of the result. */
  file: RecordFile;
};

/** Returns the runs of results, ordered by their start. */
export async function runsOfResults(
  results: readonly AllureResult[],
  files: RecordFiles,
  context: ReadContext,
): Promise<Run[]> {
  const startOf = ({ result }: AllureResult) => asNumber(result.start) ?? 0;
  const sorted = [...results].sort((a, b) => startOf(a) - startOf(b));
  const names = namesOf(sorted.map(({ result }) => result));
  const runs: Run[] = [];
  for (const [i, result] of sorted.entries()) runs.push(await runOfResult(result, names[i]!, files, context));
  return runs;
}

async function runOfResult(
  { result: written, befores, afters, file }: AllureResult,
  name: string,
  files: RecordFiles,
  context: ReadContext,
): Promise<Run> {
  const result = isOfRobot(written) ? await withLoggedPictures(written, file, files) : written;
  const { frames, isOrderGuessed, isFailureUnseen } = allureFrames(result, befores, afters, modifiedMsOf(file, files));
  const attached = await screenshotsOf(frames, file, files, context);
  const sources = frames.length > 1 ? [] : [result, ...befores, ...afters].flatMap(archivesOf);
  let traced: Run | undefined;
  for (const source of sources) traced ??= await readTraceArchive(source, file, files, context);
  const isTraced = traced !== undefined && traced.screenshots.length > attached.screenshots.length;
  const { screenshots, warnings } = (isTraced && traced) || attached;
  if (isOrderGuessed && !isTraced) {
    const message =
      "the record does not say when some attachments were made; they are put behind the steps of their test or step";
    warnings.push({ code: "ORDER_GUESSED", message });
  }
  if (isFailureUnseen && screenshots.length > 0 && !screenshots.some(({ failed }) => failed))
    warnings.push(FAILURE_UNSEEN);
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

/**
 * Returns attached archives at any depth. allure-playwright names the archive of a trace "trace", others choose any
 * name.
 */
function archivesOf(step: Json): string[] {
  const own = asObjects(step.attachments).flatMap(({ name, type, source }) => {
    const isArchive = name === "trace" || /zip|trace/i.test(asString(type)) || /\.zip$/i.test(asString(source));
    return isArchive ? [asString(source)] : [];
  });
  return [...own, ...asObjects(step.steps).flatMap(archivesOf)];
}

/** Returns a function for the modification time of an attachment's file. */
function modifiedMsOf(result: RecordFile, files: RecordFiles): (source: string) => number | undefined {
  return (source) => files.find(source, result)?.modifiedMs;
}

function statusOf(status: unknown): Run["status"] {
  if (status === "passed" || status === "skipped") return status;
  return hasFailed(status) ? "failed" : undefined;
}

function labelOf(result: Json, name: string): string | undefined {
  return asText(asObjects(result.labels).find((label) => label.name === name)?.value);
}

/** Names of the runs: tests with equal names are distinguished by their suite, tries of a test by their number. */
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

/** Returns an id that all tries of a test share. */
const historyOf = (result: Json) => asText(result.historyId) ?? asText(result.uuid) ?? asText(result.name)!;
