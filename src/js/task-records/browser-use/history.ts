import { asObject, asObjects, asText, type Json, oneLine, textOf, withoutUndefined } from "../json-fields.ts";
import { numbersGoingBack } from "../steps/oldest-first.ts";
import { asPicture } from "../steps/step-picture.ts";
import { failedIf, hasFailure, saysFailed } from "../steps/step-verdict.ts";
import type { RecordStep, RecordWarning, TaskRecord } from "../task-record.ts";
import { asTimestamp } from "../timestamp.ts";
import { pointsOf } from "./action-points.ts";
import { historyNumbers, savedNumber } from "./step-numbers.ts";

/** Whether these are items of a history of browser-use. */
export function isHistory(items: readonly Json[]): boolean {
  return items.some((item) => "state" in item && ("model_output" in item || "result" in item));
}

/**
 * Reads the history of an agent, saved by browser-use 0.1.20 to 0.13.14. The picture of an item was taken before its actions. It is
 * inline up to 0.5.9 and a path in later versions. The goal is in the output of the model, up to 0.2 in `current_state`. Items
 * without a picture keep their number.
 */
export function readHistory(items: readonly Json[]): TaskRecord {
  const isBeta = isOfBeta(items);
  const { numbers, areKnown } = isBeta && items.length === 1 ? { numbers: [1], areKnown: true } : historyNumbers(items);
  const outputs = items.map((item, i) => (repeatsOutput(item, items[i - 1]) ? undefined : asObject(item.model_output)));
  const steps = items.map((item, i): RecordStep => {
    const state = asObject(item.state);
    const metadata = asObject(item.metadata);
    // Versions up to 0.2 leave out steps that raised an exception: the next item then evaluates a missing step.
    const isNextHere = !areKnown || (numbers[i + 1] ?? 0) - numbers[i]! <= 1;
    const verdict = isNextHere && !isBeta ? verdictOf(outputs[i + 1]) : undefined;
    const moment = isBeta
      ? (metadata?.step_end_time ?? metadata?.step_start_time)
      : (metadata?.step_start_time ?? metadata?.step_end_time);
    const path = asText(state?.screenshot_path);
    return withoutUndefined({
      number: numbers[i]!,
      caption: goalOf(outputs[i]) ?? (isBeta ? firstLine(outputs[i]?.memory) : undefined),
      url: asText(state?.url),
      failed: failedIf(hasFailure(item.result), saysFailed(verdict)),
      timestampMs: asTimestamp(moment),
      ...(isBeta ? {} : pointsOf(item)),
      ...(asPicture(state?.screenshot) ?? (path === undefined ? {} : { picture: path, isFile: true })),
    });
  });
  return withoutUndefined({
    tool: "browser-use",
    name: taskOf(items),
    ...outcomeOf(items),
    startedAtMs: asTimestamp(asObject(items[0]?.metadata)?.step_start_time),
    steps,
    warnings: areKnown ? gaps(numbers) : numbersGoingBack(items.map(savedNumber)),
  }) as TaskRecord;
}

/**
 * Whether the items were made from events, by `browser_use.beta`: they have no elements, and the picture is the latest one at the end
 * of the step.
 */
function isOfBeta(items: readonly Json[]): boolean {
  const saved = items.filter((item) => asObject(item.metadata));
  return (
    saved.length > 0 &&
    saved.every((item) => {
      const elements = asObject(item.state)?.interacted_element;
      return Array.isArray(elements) && elements.length === 0;
    })
  );
}

/** Start of the errors of actions. Other errors come from the model: no answer, or one that cannot be parsed. */
const OF_ACTION = /^\W*(?:error executing action|failed to \w|cannot \w|element |navigation |no \w+ found)/i;

/**
 * Whether an item repeats the answer of the previous item, as in versions 0.5.11 to 0.11.13 after a failure of the model. Its goal and
 * evaluation then belong to another step.
 */
function repeatsOutput(item: Json, before: Json | undefined): boolean {
  if (!before || !asObject(item.model_output)) return false;
  const [result, ...others] = asObjects(item.result);
  const error = asText(result?.error);
  if (error === undefined || others.length > 0 || OF_ACTION.test(error)) return false;
  return JSON.stringify(item.model_output) === JSON.stringify(before.model_output);
}

function goalOf(output: Json | undefined): string | undefined {
  return textOf(output, "next_goal") ?? textOf(asObject(output?.current_state), "next_goal");
}

function verdictOf(output: Json | undefined): unknown {
  return output?.evaluation_previous_goal ?? asObject(output?.current_state)?.evaluation_previous_goal;
}

function firstLine(value: unknown): string | undefined {
  const [line] = asText(value)?.split("\n") ?? [];
  return line === undefined ? undefined : oneLine(line);
}

/** Returns the task of the agent, which 0.7.12 and later save with each step. */
function taskOf(items: readonly Json[]): string | undefined {
  for (const item of items) {
    const task = /<user_request>\s*(.+?)\s*<\/user_request>/s.exec(
      asText(item.state_message)?.slice(0, 10_000) ?? "",
    )?.[1];
    if (task !== undefined) return oneLine(task);
  }
  return undefined;
}

/** Returns the status of the run by its `done` action or by an error; otherwise it is unknown. */
function outcomeOf(items: readonly Json[]): Pick<TaskRecord, "status" | "error"> {
  const last = asObjects(items.at(-1)?.result).at(-1);
  const error = asText(last?.error);
  if (error !== undefined) return { status: "failed", error: oneLine(error) };
  if (last?.is_done !== true) return {};
  if (last.success !== false) return { status: "passed" };
  const text = asText(last.extracted_content);
  return text === undefined ? { status: "failed" } : { status: "failed", error: oneLine(text) };
}

/** Returns the warning about steps that the agent took but did not save. */
function gaps(numbers: readonly number[]): RecordWarning[] {
  return numbers.flatMap((number, i) => {
    const before = numbers[i - 1];
    if (before === undefined || number <= before + 1) return [];
    const missing = number === before + 2 ? `step ${before + 1} is` : `steps ${before + 1} to ${number - 1} are`;
    return [{ code: "STEPS_MISSING", message: `${missing} not in the history; its actions probably raised an error` }];
  });
}
