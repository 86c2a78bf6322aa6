import { type DescribedScreenshot, type TaskClient, TaskClientError } from "task-gif";
import { stepsFrom } from "task-gif/runs";
import type { Endpoint } from "./endpoint.ts";
import { hostAndPath } from "./host-and-path.ts";
import { moment, spanMs, type TaskSource, type TaskSummary } from "./task.ts";

/** A task of API v1, of which everything but the id may be missing. `task-gif serve` lists the screenshots with it. */
type Told = {
  id: string;
  task?: string | null;
  status?: string | null;
  output?: string | null;
  created_at?: string | null;
  finished_at?: string | null;
  steps?: { next_goal?: string | null; url?: string | null }[] | null;
  screenshots?: string[] | null;
};

/** As many as an endpoint gives at a time. */
const LIMIT = 100;

/** The tasks of the endpoint beside the samples, newest first. Endpoints that list none leave the samples alone. */
export function endpointTasks({ base, client }: Endpoint, samples: TaskSource): TaskSource {
  return {
    async list() {
      const [known, told] = await Promise.all([samples.list().catch(() => []), list(base)]);
      // Without either, the failure of the samples says why.
      if (!told) return known.length > 0 ? known : samples.list();
      // The samples come with more than the API says of them.
      const others = told.filter(({ id }) => !known.some((sample) => sample.id === id));
      return [...known, ...others.map((task) => summaryOf(task, client))].sort((a, b) => createdMs(b) - createdMs(a));
    },
    async get(id) {
      const sample = await samples.get(id).catch(() => undefined);
      if (sample) return sample;
      try {
        const task = (await client.getTask(id)) as Told;
        const steps = await screenshotsOf(client, task);
        return {
          ...factsOf(task),
          output: task.output ?? undefined,
          steps: steps.map(({ image, number, caption, url, timestampMs }, position) => ({
            number: number ?? position + 1,
            goal: caption ?? "",
            url,
            screenshot: String(image),
            timestampMs,
          })),
        };
      } catch (error) {
        if (error instanceof TaskClientError && error.code === "NOT_FOUND") return undefined;
        throw error;
      }
    },
  };
}

function summaryOf(task: Told, client: TaskClient): TaskSummary {
  return {
    ...factsOf(task),
    stepCount: task.steps?.length ?? 0,
    words: (task.steps ?? []).map(({ next_goal, url }) => `${next_goal ?? ""} ${url ?? ""}`).join(" "),
    pictures: async () => {
      const steps = await screenshotsOf(client, task);
      const real = steps.find(({ url }) => url === undefined || hostAndPath(url) !== undefined) ?? steps[0];
      return { all: steps.map(({ image }) => String(image)), poster: real && String(real.image) };
    },
  };
}

function factsOf({ id, task, status, created_at, finished_at }: Told) {
  return {
    id,
    task: task || "Untitled task",
    status: status ?? "created",
    createdAt: moment(created_at),
    durationMs: spanMs(created_at, finished_at),
  };
}

const createdMs = ({ createdAt }: TaskSummary) => createdAt?.getTime() ?? 0;

async function screenshotsOf(client: TaskClient, task: Told): Promise<DescribedScreenshot[]> {
  const screenshots = Array.isArray(task.screenshots) ? task.screenshots : await client.getScreenshots(task.id);
  return stepsFrom(task, { screenshots, skipBlank: false });
}

/** Nothing when what is behind the address lists no tasks. */
async function list(base: URL): Promise<Told[] | undefined> {
  try {
    const response = await fetch(new URL(`${base.href.replace(/\/$/, "")}/tasks?limit=${LIMIT}`));
    const body = (await response.json()) as { tasks?: unknown };
    return response.ok && Array.isArray(body.tasks) ? body.tasks.filter(hasId) : undefined;
  } catch {
    return undefined;
  }
}

function hasId(task: unknown): task is Told {
  return typeof task === "object" && task !== null && typeof (task as { id?: unknown }).id === "string";
}
