import { asTimestamp } from "../../js/task-records/timestamp.ts";
import { dateField } from "../http/request-fields.ts";
import type { Task } from "../task.ts";

/**
 * Filters a list of tasks by `status` and by creation time in [`created_from`, `created_to`). A task without a creation
 * time is in no range.
 */
export function taskFilter(query: Readonly<Record<string, string>>): (task: Task) => boolean {
  const { status, created_from, created_to } = query;
  const [fromMs, toMs] = [dateField(created_from, "created_from"), dateField(created_to, "created_to")];
  return ({ record }) => {
    if (status !== undefined && (record.status ?? "created") !== status) return false;
    if (fromMs === undefined && toMs === undefined) return true;
    const createdMs = asTimestamp(record.created_at) ?? Number.NaN;
    return createdMs >= (fromMs ?? -Infinity) && createdMs < (toMs ?? Infinity);
  };
}
