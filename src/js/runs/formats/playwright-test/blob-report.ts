import { asNumber, asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { errorSummary } from "../../error-summary.ts";
import type { RecordFile } from "../../record-format.ts";
import { joinSteps } from "./join-steps.ts";
import { attachmentOf } from "./json-report.ts";
import { type ResultAttachment, type TestResult, testName } from "./test-result.ts";

/** Bytes read of the first line, which identifies the format. */
const HEAD_BYTES = 200;

/** A step in the form of HTML reports, built from events. */
type BlobStep = { -readonly [name in keyof Json]: Json[name] } & { steps: BlobStep[] };

/** The state of one try of a test while its events are read. */
type BlobResult = {
  testId: string;
  begun: Json;
  steps: Map<string, BlobStep>;
  roots: BlobStep[];
  attachments: ResultAttachment[];
};

/**
 * Whether a file is the log of events of a blob report (`--reporter=blob`, from 1.37 on), which shards are merged from.
 */
export async function isBlobReport(file: RecordFile): Promise<boolean> {
  if (file.name !== "report.jsonl") return false;
  const head = await (await file.blob()).slice(0, HEAD_BYTES).text();
  return head.startsWith('{"method":"onBlobReportMetadata"');
}

/** Returns the results of a blob report in the order in which they ended. Unfinished tests are left out. */
export async function resultsOfBlob(file: RecordFile): Promise<{ results: TestResult[]; version: string | undefined }> {
  const names = new Map<string, string>();
  const open = new Map<string, BlobResult>();
  const results: TestResult[] = [];
  let version: string | undefined;
  for (const { method, params } of asObjects(await file.json())) {
    const about = asObject(params) ?? {};
    const result = asObject(about.result);
    const id = asText(about.resultId) ?? asText(result?.id) ?? "";
    const found = open.get(id);
    if (method === "onConfigure") version = asText(asObject(about.config)?.version);
    else if (method === "onProject") nameTests(asObject(about.project), names);
    else if (method === "onTestBegin") {
      const testId = asText(about.testId) ?? "";
      open.set(id, { testId, begun: result ?? {}, steps: new Map(), roots: [], attachments: [] });
    } else if (found && method === "onStepBegin") beginStep(found, asObject(about.step) ?? {});
    else if (found && method === "onStepEnd") endStep(found, asObject(about.step) ?? {});
    else if (found && method === "onAttach") found.attachments.push(...attachmentsIn(about));
    else if (found && method === "onTestEnd") results.push(resultOf(found, result ?? {}, names));
  }
  return { results, version };
}

/** Names tests by their ids: project, file, describe blocks and title. */
function nameTests(project: Json | undefined, names: Map<string, string>): void {
  const walk = (entry: Json, above: readonly (string | undefined)[]) => {
    const titles = [...above, asText(entry.title)];
    const testId = asText(entry.testId);
    if (testId !== undefined) names.set(testId, testName(titles));
    // Up to 1.43, tests and suites are separate lists.
    for (const list of [entry.entries, entry.tests, entry.suites])
      for (const inner of asObjects(list)) walk(inner, titles);
  };
  for (const suite of asObjects(project?.suites)) walk(suite, [asText(project?.name)]);
}

function beginStep({ steps, roots }: BlobResult, step: Json): void {
  const begun: BlobStep = { ...step, steps: [] };
  steps.set(asText(step.id) ?? "", begun);
  (steps.get(asText(step.parentStepId) ?? "")?.steps ?? roots).push(begun);
}

function endStep({ steps }: BlobResult, { id, duration, error, attachments }: Json): void {
  const step = steps.get(asText(id) ?? "");
  if (step) Object.assign(step, { duration, attachments }, error !== undefined && { error });
}

/** Attachments of events: a body is base64. */
function attachmentsIn({ attachments }: Json): ResultAttachment[] {
  return asObjects(attachments).map((attachment) => {
    const body = asText(attachment.base64);
    return { ...attachmentOf(attachment), ...(body !== undefined && { body }) };
  });
}

function resultOf(
  { testId, begun, roots, attachments }: BlobResult,
  ended: Json,
  names: Map<string, string>,
): TestResult {
  // Up to 1.52, attachments are in the last event of the test.
  const all = attachments.length > 0 ? attachments : attachmentsIn(ended);
  const error = asText(asObjects(ended.errors)[0]?.message);
  const startedAtMs = asNumber(begun.startTime);
  const status = asText(ended.status);
  return {
    name: names.get(testId) ?? testId,
    retry: asNumber(begun.retry) ?? 0,
    ...(status !== undefined && { status }),
    ...(error !== undefined && { error: errorSummary(error) }),
    ...(startedAtMs !== undefined && { startedAtMs }),
    attachments: joinSteps(all, { steps: roots }),
  };
}
