import { hostAndPath } from "./address.ts";
import { readJson, type Step, spanMs, type Task, type TaskSource, type TaskSummary } from "./catalog.ts";

/** A task as `task-gif serve` lists it: that of the API, with the addresses of its screenshots. */
type ListedTask = {
  id: string;
  task: string;
  status: string;
  output: string | null;
  created_at: string | null;
  finished_at: string | null;
  steps: { step: number; next_goal: string | null; url: string | null }[];
  screenshots: string[];
};

/** As many as the list asks for. */
const MOST_LISTED = 100;

/**
 * The samples, and what the server that serves this page has beside them. Other servers list no tasks, and then there
 * are the samples alone.
 */
export function tasksOfServer(samples: TaskSource, api: URL): TaskSource {
  const ask = <Shape>(path: string) => readJson<Shape>(new URL(`${api.pathname}/${path}`, api)).catch(() => undefined);
  return {
    async list() {
      const [known, listed] = await Promise.all([
        samples.list().catch(() => []),
        ask<{ tasks?: ListedTask[] }>(`tasks?limit=${MOST_LISTED}`),
      ]);
      const tasks = Array.isArray(listed?.tasks) ? listed.tasks : undefined;
      // Without either, the failure of the samples says why.
      if (!tasks) return known.length > 0 ? known : samples.list();
      const ids = new Set(known.map(({ id }) => id));
      const others = tasks.filter(({ id }) => !ids.has(id)).map(summaryOf);
      return [...known, ...others].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    },
    async get(id) {
      const sample = await samples.get(id).catch(() => undefined);
      if (sample) return sample;
      const path = `task/${encodeURIComponent(id)}`;
      const [task, media] = await Promise.all([
        ask<ListedTask>(path),
        ask<{ screenshots?: string[] | null }>(`${path}/screenshots`),
      ]);
      if (!task || !media) return samples.get(id);
      return taskOf({ ...task, screenshots: media.screenshots ?? [] });
    },
  };
}

function summaryOf(task: ListedTask): TaskSummary {
  const steps = stepsOf(task);
  const real = steps.find(({ url }) => hostAndPath(url) !== undefined) ?? steps[0];
  return { ...headOf(task), screenshots: task.screenshots, poster: real?.screenshot };
}

function taskOf(task: ListedTask): Task {
  return { ...headOf(task), output: task.output ?? undefined, steps: stepsOf(task) };
}

function headOf({ id, task, status, created_at, finished_at }: ListedTask) {
  const createdAt = new Date(created_at ?? 0);
  return { id, task, status, createdAt, durationMs: spanMs(createdAt.toISOString(), finished_at) };
}

/** Steps and screenshots belong together by the number in the name of the file, as the API has it. */
function stepsOf({ steps, screenshots }: ListedTask): Step[] {
  const known = new Map(steps.map((step) => [step.step, step]));
  return screenshots.map((screenshot, i) => {
    const number = Number(/\/step_(\d+)\.\w+(?:\?|$)/.exec(screenshot)?.[1] ?? i + 1);
    const step = known.get(number);
    return {
      number,
      goal: step?.next_goal ?? "",
      url: step?.url ?? "",
      screenshot,
      startedAt: undefined,
      finishedAt: undefined,
    };
  });
}
