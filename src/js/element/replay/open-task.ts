import type { TaskClient } from "../../client/client.ts";
import type { Task, TaskStep, WaitResult } from "../../client/types.ts";
import type { TaskGifStep } from "../types.ts";
import { followTask } from "./follow-task.ts";
import { assembleReplay, openGif } from "./open-gif.ts";
import type { Replay } from "./replay.ts";
import type { ReplayInputs, ReplayOutcome, ReplayProgress } from "./replay-inputs.ts";

/** As long as a timer can wait: a page that is left open shows the GIF when it is there. */
const FOR_EVER_MS = 2 ** 31 - 1;
/** How long the GIF of a task that is over is waited for before it is made here. */
const PATIENCE_MS = 30_000;
/** How long a server may be silent before that is said. */
const SILENCE_MS = 1500;
/** Why a replay cannot be made here, when it will never be. */
const FINAL = new Set<unknown>(["TOO_FEW_SCREENSHOTS", "EXPIRED"]);
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
  let hears = progress;
  /** Made here, or why not: too few screenshots, or ones that are gone, are reasons of their own, else it is the server's. */
  const here = async (serverReason?: unknown) => {
    const outcome = await assembleTask(client, inputs, hears, signal);
    if (outcome.kind !== "failed" || FINAL.has(codeOf(outcome.error))) return outcome;
    return serverReason === undefined ? undefined : { kind: "failed" as const, error: serverReason };
  };
  let result = await wait(client, id, hears, signal, ["running", "overdue"]);
  if (result === "running") {
    const live = await followTask(client, inputs, progress, signal);
    // What was seen growing stays until there is a GIF of it.
    if (live) hears = beside(live, progress);
    result = await wait(client, id, hears, signal, ["overdue"]);
  }
  if (result === "overdue") {
    const outcome = await here();
    if (outcome) return outcome;
    result = await wait(client, id, hears, signal, []);
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
    // The host of the file lets an <img> show it and nothing read it.
    if (code === "MEDIA_CORS") return { kind: "image", url: result.url };
    if (code !== "EXPIRED" && code !== "NOT_FOUND") throw error;
    const expired = { code: "EXPIRED", reason: "expired", message: (error as Error).message };
    return (await here(expired)) ?? { kind: "failed", error: expired };
  }
}

const codeOf = (error: unknown) => (error as { code?: unknown } | null)?.code;

/** Assembles the screenshots of the task here. What the client leaves out is missing in the replay. */
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

/** What may end a wait before there is an answer: the task goes on and can be followed, or has been over for long. */
type Interruption = "running" | "overdue";

/** Waits for the server's GIF, unless one of `interruptions` ends that. */
async function wait<Ends extends Interruption>(
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
        if (GOING_ON.has(status)) {
          end("running");
        } else if (status !== "") {
          overSince ??= Date.now();
          if (Date.now() - overSince >= PATIENCE_MS) end("overdue");
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

/** Tells of what goes on beside a replay that is on show, in place of it. */
function beside(replay: Replay, progress: ReplayProgress): ReplayProgress {
  const finishing = () => progress.live(replay, true);
  return {
    ...progress,
    waiting: (status) => progress.live(replay, !GOING_ON.has(status)),
    unanswered: () => {},
    downloading: finishing,
    assembling: finishing,
  };
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
