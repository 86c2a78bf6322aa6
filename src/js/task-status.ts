// The statuses of the task API. The API adds statuses now and then: one that is on neither list is neither.

/** The last statuses of a task: nothing more happens to it. */
const FINAL = new Set(["finished", "failed", "stopped"]);
/** The statuses of a task that has not ended. */
const GOING_ON = new Set(["created", "running", "paused"]);

/** Whether nothing more happens to a task of this status. */
export const isFinal = (status: string): boolean => FINAL.has(status);

/** Whether a task of this status is known to go on. */
export const isGoingOn = (status: string): boolean => GOING_ON.has(status);
