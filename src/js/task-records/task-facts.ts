import { type Json, oneLine, textOf, withoutUndefined } from "./json-fields.ts";
import type { TaskRecord } from "./task-record.ts";
import { asTimestamp } from "./timestamp.ts";

/** What tools call a task that ended, each way. */
const STATUS: Record<string, TaskRecord["status"]> = {
  finished: "passed",
  completed: "passed",
  complete: "passed",
  done: "passed",
  passed: "passed",
  success: "passed",
  succeeded: "passed",
  successful: "passed",
  failed: "failed",
  failure: "failed",
  error: "failed",
  timed_out: "failed",
  timeout: "failed",
  stopped: "stopped",
  cancelled: "stopped",
  canceled: "stopped",
  aborted: "stopped",
  created: "running",
  pending: "running",
  queued: "running",
  started: "running",
  running: "running",
  in_progress: "running",
  paused: "running",
};

/** How a task stands that is called so; nothing for a word that nobody knows. */
export function statusOf(word: string | undefined): TaskRecord["status"] {
  const known = word?.trim().toLowerCase() ?? "";
  return Object.hasOwn(STATUS, known) ? STATUS[known] : undefined;
}

/** What a record says of its task as a whole. A task that ended with a judgement of its own goes by that. */
export function taskFacts(
  task: Json,
  tool: string,
): Pick<TaskRecord, "tool" | "name" | "status" | "error" | "startedAtMs" | "endedAtMs" | "id" | "output"> {
  const status = statusOf(textOf(task, "status", "state"));
  const name = textOf(task, "task", "title", "name");
  const error = textOf(task, "error", "errorMessage");
  return withoutUndefined({
    tool,
    name: name && oneLine(name),
    status: status === "passed" && (task.isSuccess ?? task.is_success) === false ? "failed" : status,
    error: error && oneLine(error),
    id: textOf(task, "id"),
    output: textOf(task, "output"),
    endedAtMs: asTimestamp(task.finishedAt ?? task.finished_at),
    startedAtMs: asTimestamp(task.startedAt ?? task.started_at) ?? asTimestamp(task.createdAt ?? task.created_at),
  }) as ReturnType<typeof taskFacts>;
}
