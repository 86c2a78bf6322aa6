import type { Task, TaskStep } from "./task.ts";

/** Describes a task as the API does, without its steps. */
export function describeTask({ id, record, isUploaded }: Task) {
  const { task = "", status = "created", output = null, created_at = null, finished_at = null } = record;
  // Only uploaded tasks can be changed over the API: records belong to whoever put them into the store.
  return { id, task, status, output, created_at, finished_at, ...(isUploaded && { is_editable: true }) };
}

/** Describes a step as the API does; screenshots are no part of it. */
export function describeStep(id: string, { id: own, step, evaluation_previous_goal, next_goal, url }: TaskStep) {
  return {
    id: own ?? `${id}-${step}`,
    step,
    evaluation_previous_goal: evaluation_previous_goal ?? null,
    next_goal: next_goal ?? null,
    url: url ?? null,
  };
}
