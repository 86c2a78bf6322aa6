import { type Json, oneLine, textOf, withoutUndefined } from "./json-fields.ts";
import type { TaskRecord } from "./task-record.ts";
import { asTimestamp } from "./timestamp.ts";

/** Words of tools for the status of a task. */
const STATUS: ReadonlyMap<string, TaskRecord["status"]> = new Map(
  (
    [
      ["passed", "finished completed complete done passed pass ok success succeeded successful"],
      ["failed", "failed fail failure error errored broken crashed unexpected timedout timeout"],
      ["stopped", "stopped cancelled canceled aborted interrupted terminated killed"],
      ["running", "created pending queued started running inprogress active paused"],
    ] as const
  ).flatMap(([status, words]) => words.split(" ").map((word) => [word, status] as const)),
);

/** Returns the status for a word of a tool; `undefined` for an unknown word. */
export function statusOf(word: string | undefined): TaskRecord["status"] {
  return STATUS.get(word?.replace(/[\s_-]+/g, "").toLowerCase() ?? "");
}

/** Returns the facts of a task. Its own judgement of success counts more than its status. */
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
    status: status === "passed" && (task.isSuccess ?? task.is_success ?? task.success) === false ? "failed" : status,
    error: error && oneLine(error),
    id: textOf(task, "id"),
    output: textOf(task, "output"),
    endedAtMs: asTimestamp(task.finishedAt ?? task.finished_at),
    startedAtMs: asTimestamp(task.startedAt ?? task.started_at) ?? asTimestamp(task.createdAt ?? task.created_at),
  }) as ReturnType<typeof taskFacts>;
}
