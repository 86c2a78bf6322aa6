import type { TaskClient } from "../../client/client.ts";
import type { WaitResult } from "../../client/client-types.ts";
import { isGoingOn } from "../../task-status.ts";
import type { ReplayProgress } from "./replay-inputs.ts";

/** Time in ms for which the server may be silent before the element says so. */
const SILENCE_MS = 1500;
/** Time in ms after the end of a task from which on the server's GIF counts as overdue: the element assembles one itself. */
const OVERDUE_MS = 30_000;
/** Longest delay of a timer in ms: a page that is left open shows the GIF whenever it is there. */
const FOR_EVER_MS = 2 ** 31 - 1;

/** What may end the wait before there is a GIF: the task goes on and can be followed, or it has been over for `OVERDUE_MS`. */
type Interruption = "running" | "overdue";

/** Waits for the server's GIF of a task. Resolves to one of `interruptions` when that happens first. */
export async function waitForGif<Ends extends Interruption>(
  client: TaskClient,
  id: string,
  progress: ReplayProgress,
  signal: AbortSignal,
  interruptions: readonly Ends[],
): Promise<WaitResult | Ends> {
  const ending = new AbortController();
  let ended: Ends | undefined;
  const end = (why: Interruption) => {
    ended = interruptions.find((each) => each === why);
    if (ended) ending.abort();
  };
  let overSince: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listen = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!signal.aborted) progress.unanswered();
    }, ms);
  };
  listen(SILENCE_MS);
  try {
    return await client.waitForTaskGif(id, {
      signal: AbortSignal.any([signal, ending.signal]),
      timeout: FOR_EVER_MS,
      onPoll: ({ status = "", waitMs }) => {
        listen(waitMs + SILENCE_MS);
        progress.waiting(status, waitMs);
        if (isGoingOn(status)) {
          end("running");
        } else if (status !== "") {
          overSince ??= Date.now();
          if (Date.now() - overSince >= OVERDUE_MS) end("overdue");
        }
      },
    });
  } catch (error) {
    if (ended && !signal.aborted) return ended;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
