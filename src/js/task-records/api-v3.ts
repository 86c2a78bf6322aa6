import { asObject, asObjects, asText, type Json, withoutUndefined } from "./json-fields.ts";
import { oldestFirst } from "./steps/oldest-first.ts";
import { asPicture } from "./steps/step-picture.ts";
import { failedIf } from "./steps/step-verdict.ts";
import { taskFacts } from "./task-facts.ts";
import type { RecordStep, TaskRecord } from "./task-record.ts";
import { asTimestamp } from "./timestamp.ts";

/** Type of the message after a failed action. */
const ERROR = "browser_action_error";

/**
 * Reads the messages of a session of API v3, some of which have a screenshot. Skips hidden messages. An error without a screenshot
 * belongs to the last action with one.
 */
export function readV3(session: Json, given: readonly Json[]): TaskRecord {
  const timeOf = (message: Json) => asTimestamp(message.createdAt);
  const { items: messages, warnings } = oldestFirst(given, () => undefined, timeOf);
  const steps: RecordStep[] = [];
  for (const message of messages) {
    const isError = message.type === ERROR;
    const picture = message.hidden === true ? undefined : asPicture(message.screenshotUrl);
    const last = steps.at(-1);
    if (picture) {
      steps.push(
        withoutUndefined({
          number: steps.length + 1,
          caption: asText(message.summary),
          failed: failedIf(isError),
          timestampMs: timeOf(message),
          ...picture,
        }),
      );
    } else if (isError && last) last.failed = true;
  }
  return { ...taskFacts(session, "browser-use Cloud"), steps, warnings };
}

/** Whether this is a run of API v4 or its events, which contain no screenshots. */
export function isV4(value: unknown): boolean {
  const run = asObject(value) ?? {};
  const events = asObjects(Array.isArray(value) ? value : run.events);
  const areOfRun = events.some((event) => "runId" in event && "ts" in event && "data" in event);
  return areOfRun || ("recordingUrl" in run && !("steps" in run) && !("messages" in run));
}
