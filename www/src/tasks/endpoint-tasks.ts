import { type DescribedScreenshot, type TaskClient, TaskClientError } from "task-gif";
import { stepsFrom } from "task-gif/runs";
import { pauseWhileVisible } from "../ui/while-visible.ts";
import { changesAt } from "./change-task.ts";
import type { Endpoint } from "./endpoint.ts";
import { hostAndPath } from "./host-and-path.ts";
import { parseDate, spanMs, type Task, type TaskSource, type TaskSummary } from "./task.ts";
import { isGoingOn, type ListedTask, TaskPages } from "./task-pages.ts";

/** Interval in ms at which the list is polled while a task is running. */
const RUNNING_MS = 2000;
/** Interval while none is running; it grows as long as nothing changes. */
const IDLE_MS = 5000;
const MOST_IDLE_MS = 30_000;
const BACK_OFF = 1.5;

/** Lists the tasks of the endpoint and the samples, newest first. If the endpoint has no list, only the samples. */
export function endpointTasks(endpoint: Endpoint, samples: TaskSource): TaskSource {
  const { client } = endpoint;
  return {
    changes: changesAt(endpoint),
    async follow(ontasks, signal) {
      let known: TaskSummary[] | undefined;
      let failure: unknown;
      await samples
        .follow((tasks) => {
          known = tasks;
        }, signal)
        .catch((error: unknown) => {
          failure = error;
        });
      const pages = new TaskPages(endpoint);
      const tell = () => {
        // Sample tasks have more facts than the API returns.
        const others = pages.tasks.filter(({ id }) => !known?.some((sample) => sample.id === id));
        ontasks([...(known ?? []), ...others.map((task) => summaryOf(task, client))].sort(newestFirst));
      };
      try {
        await pages.refresh(tell, signal);
      } catch {
        // If both fail, the failure of the samples is shown.
        if (!known) throw failure;
        return ontasks(known);
      }
      for (let pauseMs = IDLE_MS; ; ) {
        const isRunning = pages.tasks.some(isGoingOn);
        const hasSlept = await pauseWhileVisible(isRunning ? RUNNING_MS : pauseMs, signal);
        // The list stays if the endpoint does not answer.
        const hasChanged = await pages.refresh(tell, signal).catch(() => false);
        pauseMs = hasChanged || hasSlept ? IDLE_MS : Math.min(pauseMs * BACK_OFF, MOST_IDLE_MS);
      }
    },
    async *watch(id, signal) {
      const sample = await samples.get(id).catch(() => undefined);
      if (sample) return yield sample;
      try {
        for await (const { task, screenshots } of client.watchTask(id, { signal })) {
          yield await taskOf(client, { ...task, screenshots });
        }
      } catch (error) {
        if (!(error instanceof TaskClientError) || error.code !== "NOT_FOUND") throw error;
        yield undefined;
      }
    },
    async get(id) {
      const sample = await samples.get(id).catch(() => undefined);
      if (sample) return sample;
      try {
        return await taskOf(client, (await client.getTask(id)) as ListedTask);
      } catch (error) {
        if (error instanceof TaskClientError && error.code === "NOT_FOUND") return undefined;
        throw error;
      }
    },
  };
}

async function taskOf(client: TaskClient, task: ListedTask): Promise<Task> {
  const steps = await screenshotsOf(client, task);
  return {
    ...factsOf(task),
    output: task.output ?? undefined,
    isEditable: task.is_editable === true,
    steps: steps.map(({ image, number, caption, url, timestampMs }, position) => ({
      number: number ?? position + 1,
      goal: caption ?? "",
      url,
      screenshot: String(image),
      timestampMs,
    })),
  };
}

function summaryOf(task: ListedTask, client: TaskClient): TaskSummary {
  return {
    ...factsOf(task),
    version: JSON.stringify(task),
    stepCount: task.steps?.length ?? 0,
    words: [
      task.output ?? "",
      ...(task.steps ?? []).map(({ next_goal, url }) => `${next_goal ?? ""} ${url ?? ""}`),
    ].join(" "),
    pictures: async () => {
      const steps = await screenshotsOf(client, task);
      const pages = steps.filter(({ url }) => url === undefined || hostAndPath(url) !== undefined);
      // The last page shows most about a failed or running task.
      const shown = task.status === "failed" || isGoingOn(task) ? pages.at(-1) : pages[0];
      const screenshot = shown ?? steps[0];
      return {
        all: steps.map(({ image }) => String(image)),
        poster: task.poster ?? (screenshot && String(screenshot.image)),
      };
    },
  };
}

function factsOf({ id, task, status, created_at, finished_at }: ListedTask) {
  return {
    id,
    task: task || "Untitled task",
    status: status ?? "created",
    createdAt: parseDate(created_at),
    durationMs: spanMs(created_at, finished_at),
  };
}

const newestFirst = (a: TaskSummary, b: TaskSummary) => createdMs(b) - createdMs(a);
const createdMs = ({ createdAt }: TaskSummary) => createdAt?.getTime() ?? 0;

async function screenshotsOf(client: TaskClient, task: ListedTask): Promise<DescribedScreenshot[]> {
  const screenshots = Array.isArray(task.screenshots) ? task.screenshots : await client.getScreenshots(task.id);
  return stepsFrom(task, { screenshots, skipBlank: false });
}
