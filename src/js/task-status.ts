// The statuses of the task API. The API may add statuses, which are in neither list.

/** Final statuses of a task. */
const FINAL = new Set(["finished", "failed", "stopped"]);
/** The statuses of a task that has not ended. */
const GOING_ON = new Set(["created", "running", "paused"]);

/** Whether a task with this status has ended. */
export const isFinal = (status: string): boolean => FINAL.has(status);

/** Whether a task with this status is known to be unfinished. */
export const isGoingOn = (status: string): boolean => GOING_ON.has(status);
