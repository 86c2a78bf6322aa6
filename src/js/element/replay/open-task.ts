import type { TaskClient } from "../../client/client.ts";
import type { Task, TaskStep, WaitResult } from "../../client/types.ts";
import type { TaskGifStep } from "../types.ts";
import type { ReplayInputs, ReplayOutcome, ReplayProgress } from "./inputs.ts";
import { assembleReplay, openGif } from "./open-gif.ts";

/** As long as a timer can wait: a page that is left open shows the GIF when it is there. */
const FOR_EVER_MS = 2 ** 31 - 1;
/** How long the GIF of a task that is over is waited for before it is made here. */
const PATIENCE_MS = 30_000;
const GOING_ON = new Set(["created", "running", "paused"]);

/**
 * The GIF of a task: the server's as soon as it has one. Where it has none although the task is over, or not any more,
 * the screenshots are assembled here, if the server has those.
 */
export async function openTask(
  inputs: ReplayInputs,
  progress: ReplayProgress,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  const { TaskClient } = await import("../../client/client.ts");
  const client = (inputs.client ?? new TaskClient({ baseUrl: inputs.endpoint! })) as TaskClient;
  const id = inputs.taskId!;
  const here = () => assembleReplay(inputs, client.fetchScreenshots(id, { signal }), progress, signal);
  const patience = new AbortController();
  let outcome = await wait(client, id, progress, AbortSignal.any([signal, patience.signal]), patience).catch(
    (error: unknown) => {
      if (signal.aborted || !patience.signal.aborted) throw error;
      return undefined;
    },
  );
  if (!outcome) {
    const replay = await here().catch(expiredOutcome);
    if (replay) return replay;
    signal.throwIfAborted();
    outcome = await wait(client, id, progress, signal);
  }
  if (outcome.status === "unavailable") return { kind: "unavailable", reason: outcome.reason };
  const steps = inputs.steps ?? (await stepsOfTask(client, id, signal));
  try {
    const gif = await client.fetchTaskGif(id, {
      signal,
      onProgress: ({ received, total }) => progress.downloading(total ? received / total : undefined),
    });
    return await openGif(gif, steps, signal);
  } catch (error) {
    const { code } = error as { code?: string };
    if (signal.aborted) throw error;
    // The host of the file lets an <img> show it and nothing read it.
    if (code === "MEDIA_CORS") return { kind: "image", url: outcome.url };
    if (code !== "EXPIRED" && code !== "NOT_FOUND") throw error;
    return here().catch(() => ({ kind: "unavailable", reason: "expired" }));
  }
}

/** What cannot be assembled here may come from the server yet; media that are gone come no more. */
function expiredOutcome(error: unknown): ReplayOutcome | undefined {
  const { code } = error as { code?: string };
  return code === "EXPIRED" ? { kind: "unavailable", reason: "expired" } : undefined;
}

/** Waits for the server's GIF; `patience` is aborted when the task has been over for long. */
function wait(
  client: TaskClient,
  id: string,
  progress: ReplayProgress,
  signal: AbortSignal,
  patience?: AbortController,
): Promise<WaitResult> {
  let overSince: number | undefined;
  return client.waitForTaskGif(id, {
    signal,
    timeout: FOR_EVER_MS,
    onPoll: ({ status = "", waitMs }) => {
      progress.waiting(status, waitMs);
      if (status === "" || GOING_ON.has(status)) return;
      overSince ??= Date.now();
      if (Date.now() - overSince >= PATIENCE_MS) patience?.abort();
    },
  });
}

/** What the task says of its steps; a replay without captions is better than none. */
async function stepsOfTask(client: TaskClient, id: string, signal: AbortSignal): Promise<TaskGifStep[]> {
  const task: Partial<Task> = await client.getTask(id, { signal }).catch(() => ({}));
  return (task.steps ?? []).map(({ step, next_goal, url }: TaskStep) => ({
    number: step,
    ...(next_goal !== null && { caption: next_goal }),
    ...(url !== null && { url }),
  }));
}
