import type { TaskClient } from "../../client/client.ts";
import type { WaitResult } from "../../client/client-types.ts";
import { isGoingOn } from "../../task-status.ts";
import type { ReplayProgress } from "./replay-inputs.ts";

/** Time in ms for which the server may be silent before the element says so. */
const SILENCE_MS = 1500;
/** Time in ms after the end of a task until the server's GIF counts as overdue, and the element assembles the GIF itself. */
const OVERDUE_MS = 30_000;
/** Maximum delay of a timer in ms: an open page shows the GIF whenever it is ready. */
const FOR_EVER_MS = 2 ** 31 - 1;

/** Reasons to stop waiting for the GIF: the task is running and can be followed, or it ended `OVERDUE_MS` ago. */
type Interruption = "running" | "overdue";

/** Waits for the server's GIF of a task. Resolves to one of `interruptions` if it happens first. */
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
