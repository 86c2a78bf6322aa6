import type { TaskClient } from "../../client/client.ts";
import type { Task, TaskStep } from "../../client/client-types.ts";
import { isGoingOn } from "../../task-status.ts";
import type { TaskGifStep } from "../element-types.ts";
import { followTask } from "./follow-task.ts";
import { assembleReplay, openGif } from "./open-gif.ts";
import type { Replay } from "./replay.ts";
import type { ReplayInputs, ReplayOutcome, ReplayProgress } from "./replay-inputs.ts";
import { waitForGif } from "./wait-for-gif.ts";

/** Codes of errors of the local assembly that are final: no GIF of the server can follow. */
const FINAL = new Set<unknown>(["TOO_FEW_SCREENSHOTS", "EXPIRED"]);

/**
 * Opens the replay of a task: the GIF of the server as soon as it has one. If the GIF is overdue or has expired, the
 * screenshots are assembled here, as long as the server has them.
 */
export async function openTask(
  inputs: ReplayInputs,
  progress: ReplayProgress,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  const { TaskClient } = await import("../../client/client.ts");
  const client = (inputs.client ?? new TaskClient({ baseUrl: inputs.endpoint! })) as TaskClient;
  const id = inputs.taskId!;
  let hears = progress;
  /** Assembles the screenshots here. If that fails with a final error, returns it, or else the reason of the server. */
  const here = async (serverReason?: unknown) => {
    const outcome = await assembleTask(client, inputs, hears, signal);
    if (outcome.kind !== "failed" || FINAL.has(codeOf(outcome.error))) return outcome;
    return serverReason === undefined ? undefined : { kind: "failed" as const, error: serverReason };
  };
  let result = await waitForGif(client, id, hears, signal, ["running", "overdue"]);
  if (result === "running") {
    const live = await followTask(client, inputs, progress, signal);
    // The live replay stays until there is a GIF.
    if (live) hears = beside(live, progress);
    result = await waitForGif(client, id, hears, signal, ["overdue"]);
  }
  if (result === "overdue") {
    const outcome = await here();
    if (outcome) return outcome;
    result = await waitForGif(client, id, hears, signal, []);
  }
  if (result.status === "unavailable") {
    const { reason } = result;
    const error = { code: "NOT_READY", reason, message: `the server has no GIF of this task: ${reason}` };
    const mayHaveScreenshots = reason === "expired" || reason === "too_few_screenshots";
    return (mayHaveScreenshots && (await here(error))) || { kind: "failed", error };
  }
  const steps = inputs.steps ?? (await stepsOfTask(client, id, signal));
  try {
    const gif = await client.fetchTaskGif(id, {
      signal,
      onProgress: ({ received, total }) => hears.downloading(total ? received / total : undefined),
    });
    return await openGif(gif, steps, signal);
  } catch (error) {
    const code = codeOf(error);
    if (signal.aborted) throw error;
    // The media host sends no CORS headers: an <img> can show the GIF, but its bytes are not readable.
    if (code === "MEDIA_CORS") return { kind: "image", url: result.url };
    if (code !== "EXPIRED" && code !== "NOT_FOUND") throw error;
    const expired = { code: "EXPIRED", reason: "expired", message: (error as Error).message };
    return (await here(expired)) ?? { kind: "failed", error: expired };
  }
}

const codeOf = (error: unknown) => (error as { code?: unknown } | null)?.code;

/** Assembles the screenshots of a task here. Those that the client skips count as missing in the replay. */
async function assembleTask(
  client: TaskClient,
  inputs: ReplayInputs,
  progress: ReplayProgress,
  signal: AbortSignal,
): Promise<ReplayOutcome> {
  const id = inputs.taskId!;
  const { onBadFrame = "error", skipBlank } = inputs.options ?? {};
  if (onBadFrame === "error") {
    const screenshots = client.fetchScreenshots(id, { signal, ...(skipBlank !== undefined && { skipBlank }) });
    return assembleReplay(inputs, screenshots, progress, signal);
  }
  let loaded = 0;
  async function* counted() {
    for await (const screenshot of client.fetchScreenshots(id, { signal, onBadFrame, skipBlank: false })) {
      loaded++;
      yield screenshot;
    }
  }
  const outcome = await assembleReplay(inputs, counted(), progress, signal);
  if (outcome.kind !== "replay") return outcome;
  const listed = await client.getScreenshots(id, { signal }).catch(() => []);
  outcome.replay.missing += Math.max(0, listed.length - loaded);
  return outcome;
}

/** Returns a progress listener that shows notes beside the live replay, instead of panels in its place. */
function beside(replay: Replay, progress: ReplayProgress): ReplayProgress {
  const finishing = () => progress.live(replay, true);
  return {
    ...progress,
    waiting: (status) => progress.live(replay, !isGoingOn(status)),
    unanswered: () => {},
    downloading: finishing,
    assembling: finishing,
  };
}

/** Returns the steps of a task; none if that fails, since a replay without captions is better than no replay. */
async function stepsOfTask(client: TaskClient, id: string, signal: AbortSignal): Promise<TaskGifStep[]> {
  const task: Partial<Task> = await client.getTask(id, { signal }).catch(() => ({}));
  return (task.steps ?? []).map(({ step, next_goal, url }: TaskStep) => ({
    number: step,
    ...(next_goal !== null && { caption: next_goal }),
    ...(url !== null && { url }),
  }));
}
