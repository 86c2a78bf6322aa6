import { groupOf, type StatusGroup } from "./status.ts";
import type { TaskSummary } from "./task.ts";

/** The filter and the order of the list of tasks. */
export type TaskQuery = {
  text: string;
  status: StatusGroup | "all";
  /** Maximum age of tasks in days, by their start. */
  days: "all" | "1" | "7" | "30" | "between";
  /** For `days: "between"`: first and last day, both included, as in `2026-05-18`, in the local time zone; empty for no bound. */
  from: string;
  to: string;
  order: "newest" | "oldest" | "longest" | "steps" | "name";
};

/** All tasks, newest first. */
export const DEFAULT_QUERY: TaskQuery = {
  text: "",
  status: "all",
  days: "all",
  from: "",
  to: "",
  order: "newest",
};

const DAY_MS = 86_400_000;
const byName = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const createdMs = ({ createdAt }: TaskSummary) => createdAt?.getTime() ?? 0;

const ORDERS: { [order in TaskQuery["order"]]: (a: TaskSummary, b: TaskSummary) => number } = {
  newest: (a, b) => createdMs(b) - createdMs(a),
  oldest: (a, b) => createdMs(a) - createdMs(b),
  longest: (a, b) => (b.durationMs ?? -1) - (a.durationMs ?? -1),
  steps: (a, b) => b.stepCount - a.stepCount,
  name: (a, b) => byName.compare(a.task, b.task),
};

/** Returns the matching tasks, sorted. The sort is stable. */
export function findTasks(tasks: readonly TaskSummary[], query: TaskQuery, nowMs = Date.now()): TaskSummary[] {
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
  const [fromMs, toMs] = spanOf(query, nowMs);
  return tasks
    .filter((task) => {
      const beganMs = task.createdAt?.getTime();
      const isInTime =
        beganMs === undefined ? fromMs === -Infinity && toMs === Infinity : beganMs >= fromMs && beganMs < toMs;
      return (
        isInTime &&
        (query.status === "all" || groupOf(task.status) === query.status) &&
        words.every((word) => `${task.task} ${task.words}`.toLowerCase().includes(word))
      );
    })
    .sort(ORDERS[query.order]);
}

/** Returns the range of start times, [from, to) in ms since 1970. */
function spanOf({ days, from, to }: TaskQuery, nowMs: number): [number, number] {
  if (days === "all") return [-Infinity, Infinity];
  if (days !== "between") return [nowMs - Number(days) * DAY_MS, Infinity];
  const [first, last] = [Date.parse(`${from}T00:00`), Date.parse(`${to}T00:00`)];
  const end = new Date(last);
  // By date, not by 24 hours: a day has 23 to 25 hours.
  end.setDate(end.getDate() + 1);
  return [Number.isNaN(first) ? -Infinity : first, Number.isNaN(last) ? Infinity : end.getTime()];
}
