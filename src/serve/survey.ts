import { isOlderThan } from "./retention.ts";
import type { Tasks } from "./tasks.ts";

/** What is in a store. */
export type Survey = {
  /** Tasks that are shown. */
  tasks: number;
  /** Of these, such that are older than media are kept, and are kept since a person put them there. */
  oldRecords: number;
  /** Of these, uploaded ones whose media have been kept long enough. */
  expired: number;
  /** Folders and files that are none; the log says why. */
  unread: number;
};

/** Counts what is in a store. */
export async function surveyOf(tasks: Tasks, keepDays: number): Promise<Survey> {
  const survey: Survey = { tasks: 0, oldRecords: 0, expired: 0, unread: 0 };
  for await (const task of tasks.all()) {
    survey.tasks++;
    if (isOlderThan(task, keepDays)) survey[task.isUploaded ? "expired" : "oldRecords"]++;
  }
  return { ...survey, unread: tasks.unread };
}

/** A survey in words: "6 tasks, 5 older than 30 days: kept, since you put them here". */
export function describeSurvey({ tasks, oldRecords, expired, unread }: Survey, keepDays: number): string {
  const days = `${keepDays} day${keepDays === 1 ? "" : "s"}`;
  const parts = [tasks === 0 ? "no tasks yet" : `${tasks} task${tasks === 1 ? "" : "s"}`];
  if (oldRecords > 0) parts.push(`${oldRecords} older than ${days}: kept, since you put them here`);
  if (expired > 0) parts.push(`${expired} uploaded more than ${days} ago: the media have expired`);
  if (unread > 0) parts.push(`${unread} that cannot be read: the log says why`);
  return parts.join(", ");
}
