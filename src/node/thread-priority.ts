import { setPriority } from "node:os";
import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";

const NICE = "task-gif nice";
/** Nice value of worker threads: on a busy machine, such a thread gets about a tenth of the time of one with value 0. */
const BACKGROUND = 10;

/** Gives worker threads that are started from now on a low priority, so that a server answers requests meanwhile. */
export function workInBackground(): void {
  setEnvironmentData(NICE, BACKGROUND);
}

/** Applies the priority to this worker thread; called when it starts. */
export function takePriority(): void {
  const nice = getEnvironmentData(NICE);
  // Only Linux has priorities per thread; elsewhere the call would apply to the whole process.
  if (typeof nice === "number" && process.platform === "linux") setPriority(nice);
}
