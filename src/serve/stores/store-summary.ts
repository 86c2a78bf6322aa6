import { isOlderThan } from "../retention.ts";
import type { Tasks } from "../tasks.ts";

/** Numbers of tasks in a store. */
export type StoreSummary = {
  /** Tasks that are shown. */
  tasks: number;
  /** Of these, records that are older than `keepDays`: they are kept, since only uploads expire. */
  oldRecords: number;
  /** Of these, uploaded ones whose media expire now. */
  expired: number;
  /** Folders and files that are not tasks; the log has the reasons. */
  unread: number;
};

/** Counts the tasks of a store. */
export async function summarizeStore(tasks: Tasks, keepDays: number): Promise<StoreSummary> {
  const summary: StoreSummary = { tasks: 0, oldRecords: 0, expired: 0, unread: 0 };
  for await (const task of tasks.all()) {
    summary.tasks++;
    if (isOlderThan(task, keepDays)) summary[task.isUploaded ? "expired" : "oldRecords"]++;
  }
  return { ...summary, unread: tasks.unread };
}

/** The summary in words: "6 tasks, 5 older than 30 days: kept, since you put them here". */
export function describeStoreSummary({ tasks, oldRecords, expired, unread }: StoreSummary, keepDays: number): string {
  const days = `${keepDays} day${keepDays === 1 ? "" : "s"}`;
  const parts = [tasks === 0 ? "no tasks yet" : `${tasks} task${tasks === 1 ? "" : "s"}`];
  if (oldRecords > 0) parts.push(`${oldRecords} older than ${days}: kept, since you put them here`);
  if (expired > 0) parts.push(`${expired} uploaded more than ${days} ago: the media have expired`);
  if (unread > 0) parts.push(`${unread} that cannot be read: the log says why`);
  return parts.join(", ");
}
