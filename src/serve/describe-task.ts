import type { Task, TaskStep } from "./task.ts";

/** A task as the API tells it, without its steps. */
export function describeTask({ id, record, isUploaded }: Task) {
  const { task = "", status = "created", output = null, created_at = null, finished_at = null } = record;
  // What a person put there is theirs.
  return { id, task, status, output, created_at, finished_at, ...(isUploaded && { is_editable: true }) };
}

/** A step as the API tells it; it says nothing of screenshots. */
export function describeStep(id: string, { id: own, step, evaluation_previous_goal, next_goal, url }: TaskStep) {
  return {
    id: own ?? `${id}-${step}`,
    step,
    evaluation_previous_goal: evaluation_previous_goal ?? null,
    next_goal: next_goal ?? null,
    url: url ?? null,
  };
}
