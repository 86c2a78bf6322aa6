import { oneLine } from "../../js/task-records/json-fields.ts";
import type { Store } from "../stores/store.ts";
import type { Task } from "../task.ts";
import { type GifRequest, readGifFacts } from "./gif-state.ts";

/** Minimum number of screenshots for a GIF that nobody has asked for with other options. */
const LEAST_SHOTS = 2;

/** Returns how many screenshots the GIF of a task needs. */
export function leastShots(request: GifRequest | undefined): number {
  return typeof request?.options.minFrames === "number" ? request.options.minFrames : LEAST_SHOTS;
}

/** Returns whether the GIF of a finished task must be made, and if not, why there is none. */
export async function gifNeed(
  store: Store,
  task: Task,
): Promise<{ isNeeded: boolean; request?: GifRequest; failure?: { code: string; message: string } }> {
  const { isSettled, state, request } = await readGifFacts(store, task);
  if (isSettled) {
    const { code = "FAILED", message = "" } = state!;
    return { isNeeded: false, ...(state!.state === "failed" && { failure: { code, message: oneLine(message) } }) };
  }
  const least = leastShots(request);
  const { length } = await task.shots();
  if (length >= least) return { isNeeded: true, ...(request && { request }) };
  const message = `expected at least ${least} screenshots, found ${length}`;
  return { isNeeded: false, failure: { code: "TOO_FEW_SCREENSHOTS", message } };
}
