import { setPriority } from "node:os";
import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";

const NICE = "task-gif nice";
/** Gets a tenth of what a thread without it gets, where there is not enough for both, and everything elsewhere. */
const BACKGROUND = 10;

/** From now on worker threads leave the processor to whoever else wants it: requests that are being answered. */
export function workInBackground(): void {
  setEnvironmentData(NICE, BACKGROUND);
}

/** Does to this worker thread what was said when it was started. */
export function takePriority(): void {
  const nice = getEnvironmentData(NICE);
  // Linux alone has priorities of threads; elsewhere this would be the whole process.
  if (typeof nice === "number" && process.platform === "linux") setPriority(nice);
}
