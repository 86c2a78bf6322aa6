import type { Task } from "./task.ts";
import { invalid } from "./uploads/uploads.ts";

/**
 * Which tasks a list is asked for: those with a `status`, and those that were created at or after `created_from` and
 * before `created_to`. One that says nothing of its creation is in no span of time.
 */
export function taskFilter(query: Readonly<Record<string, string>>): (task: Task) => boolean {
  const { status } = query;
  const [fromMs, toMs] = [momentIn(query, "created_from"), momentIn(query, "created_to")];
  return ({ record }) => {
    if (status !== undefined && (record.status ?? "created") !== status) return false;
    if (fromMs === undefined && toMs === undefined) return true;
    const createdMs = Date.parse(record.created_at ?? "");
    return createdMs >= (fromMs ?? -Infinity) && createdMs < (toMs ?? Infinity);
  };
}

function momentIn(query: Readonly<Record<string, string>>, name: string): number | undefined {
  const text = query[name];
  if (text === undefined) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw invalid(["query", name], "Input should be a valid datetime", "datetime_parsing");
  return ms;
}
