import { asNumber, asObject, asObjects, asText, type Json } from "../../../task-records/json-fields.ts";
import { tryParseJson } from "../../../task-records/parse-json.ts";
import { errorSummary } from "../../error-summary.ts";
import type { RecordFile } from "../../record-format.ts";
import { callKey } from "./parse-trace.ts";
import { traceLines } from "./trace-lines.ts";

/** The content of `test.trace`, which the test runner adds to the traces of browsers. Times are ms since 1970. */
export type TestTrace = {
  /** Steps by id, and by `callKey` if they have one. */
  steps: Map<string, TestStep>;
  attachments: TestAttachment[];
  /** Errors of the test, in order. */
  errors: string[];
};

/** A step of a test: a `test.step`, or the call of an API. */
export type TestStep = {
  id: string;
  parentId?: string;
  /** Its kind, such as `test.step`, `pw:api`, `hook`. */
  category: string;
  title?: string;
  error?: string;
  startMs: number;
};

/** A file that a test attached. */
export type TestAttachment = {
  name: string;
  contentType: string;
  /** Name of its file in the trace. */
  reference: string;
  /** The step that attached it. */
  stepId: string;
  atMs: number;
};

/** Returns the start of the innermost step that failed the test; `undefined` if no step did. */
export function failureStartMs({ steps }: TestTrace): number | undefined {
  const failed = [...steps.values()].filter(({ error }) => error !== undefined);
  return failed.find(({ id }) => !failed.some(({ parentId }) => parentId === id))?.startMs;
}

/** Reads `test.trace`. Skips broken lines and calls `onBroken` for them. */
export async function parseTestTrace(file: RecordFile, onBroken: () => void): Promise<TestTrace> {
  const trace: TestTrace = { steps: new Map(), attachments: [], errors: [] };
  let offsetMs: number | undefined;
  for await (const line of traceLines(file, onBroken)) {
    const event = asObject(tryParseJson(line));
    if (!event) onBroken();
    if (event?.type === "context-options") {
      const [wallMs, monotonicMs] = [asNumber(event.wallTime), asNumber(event.monotonicTime)];
      if (wallMs !== undefined && monotonicMs !== undefined) offsetMs = wallMs - monotonicMs;
    } else if (event?.type === "before") {
      const startTime = asNumber(event.startTime) ?? 0;
      offsetMs ??= (asNumber(event.wallTime) ?? startTime) - startTime;
      addStep(trace, event, startTime + offsetMs);
    } else if (event?.type === "after") endStep(trace, event, (asNumber(event.endTime) ?? 0) + (offsetMs ?? 0));
    else if (event?.type === "error") {
      const message = asText(event.message);
      if (message !== undefined) trace.errors.push(errorSummary(message));
    }
  }
  return trace;
}

function addStep({ steps }: TestTrace, event: Json, startMs: number): void {
  const id = asText(event.callId);
  if (id === undefined) return;
  const parentId = asText(event.parentId);
  const title = asText(event.title) ?? asText(event.apiName);
  // Formats 6 and 7 have the kind of a step in its id: "test.step@8".
  const category = event.method === "step" ? id.replace(/@.*$/s, "") : (asText(event.method) ?? "");
  const step: TestStep = { id, category, startMs, ...(title && { title }), ...(parentId && { parentId }) };
  steps.set(id, step);
  const key = callKey(event);
  if (key !== undefined) steps.set(key, step);
}

function endStep({ steps, attachments }: TestTrace, event: Json, endMs: number): void {
  const step = steps.get(asText(event.callId) ?? "");
  if (!step) return;
  const message = asText(asObject(event.error)?.message);
  if (message !== undefined) step.error = errorSummary(message);
  for (const attachment of asObjects(event.attachments)) {
    const sha1 = asText(attachment.sha1);
    const reference = asText(attachment.file) ?? (sha1 && `resources/${sha1}`) ?? asText(attachment.path);
    if (reference === undefined) continue;
    attachments.push({
      name: asText(attachment.name) ?? "",
      contentType: asText(attachment.contentType) ?? "",
      reference,
      stepId: step.id,
      atMs: endMs,
    });
  }
}
