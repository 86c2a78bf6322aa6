import { isFinal } from "../../js/task-status.ts";
import { invalid, refusal } from "../http/refusal.ts";
import { assertKnown, textField } from "../http/request-fields.ts";
import { changeJson, type Store, writeJson } from "../stores/store.ts";
import { isOver, type Task, type TaskRecord } from "../task.ts";
import { type UploadedRecord, uploadedFiles } from "./uploaded-task.ts";

/** Creates an uploaded task; resolves to its id. */
export async function createTask(store: Store, body: Record<string, unknown>): Promise<string> {
  assertKnown(body, "body", ["task"]);
  const task = textField(body.task, ["body", "task"]);
  if (task === undefined) throw invalid(["body", "task"], "Field required", "missing");
  const id = crypto.randomUUID();
  const begun = { status: "running", output: null, created_at: new Date().toISOString(), finished_at: null };
  await writeJson(store, uploadedFiles.task(id), { id, task, ...begun, uploaded: true } satisfies UploadedRecord);
  return id;
}

/** Ends a task. A repeated call changes nothing; one that says something else is refused. */
export async function finishTask(store: Store, task: Task, body: Record<string, unknown>): Promise<TaskRecord> {
  assertUploaded(task);
  assertKnown(body, "body", ["status", "output"]);
  const status = body.status ?? "finished";
  if (typeof status !== "string" || !isFinal(status)) {
    throw invalid(["body", "status"], "Input should be 'finished', 'failed' or 'stopped'", "enum");
  }
  const output = textField(body.output, ["body", "output"]) ?? null;
  const ended = { status, output, finished_at: new Date().toISOString() };
  return changeRecord(store, task.id, (record) => {
    if (!isOver(record)) return { ...record, ...ended };
    const other = (["status", "output"] as const).find((name) => body[name] != null && ended[name] !== record[name]);
    if (other) throw refusal(409, `The task has ended with another ${other} already`);
    return undefined;
  });
}

/** Renames a task. */
export async function renameTask(store: Store, task: Task, body: Record<string, unknown>): Promise<Task> {
  assertUploaded(task);
  assertKnown(body, "body", ["task"]);
  const name = textField(body.task, ["body", "task"]);
  if (!name?.trim()) throw invalid(["body", "task"], "Field required", "missing");
  return { ...task, record: await changeRecord(store, task.id, (record) => ({ ...record, task: name })) };
}

/** Refuses changes of records: only uploaded tasks can be changed over the API. */
export function assertUploaded({ isUploaded }: Task): void {
  if (!isUploaded) throw refusal(409, "The task was not made over the API");
}

/** Changes the record of an uploaded task. It is read again first: another server may have changed or removed it. */
async function changeRecord(
  store: Store,
  id: string,
  change: (record: TaskRecord) => TaskRecord | undefined,
): Promise<TaskRecord> {
  const changed = await changeJson<UploadedRecord>(store, uploadedFiles.task(id), (record) => {
    if (record?.uploaded !== true || record.deleted) throw refusal(404, "Task not found");
    const next = change(record);
    return next && { ...next, uploaded: true };
  });
  return changed!;
}
