import { type DescribedScreenshot, TaskGifError } from "task-gif";
import { hostAndPath } from "./address.ts";

/** One step of a task, with the screenshot that was taken after it. */
export type Step = {
  /** Number in the task, from 1; may jump where steps have no screenshot. */
  number: number;
  goal: string;
  url: string;
  /** Address of the screenshot. */
  screenshot: string;
  startedAt: Date | undefined;
  finishedAt: Date | undefined;
};

/** What a card of the list shows. */
export type TaskSummary = {
  id: string;
  task: string;
  status: string;
  createdAt: Date;
  durationMs: number | undefined;
  /** Address of each screenshot, in order. */
  screenshots: string[];
  /** The first screenshot that shows a page. */
  poster: string | undefined;
};

/** A task with its steps. */
export type Task = Omit<TaskSummary, "screenshots" | "poster"> & { output: string | undefined; steps: Step[] };

/** Where executions come from. The samples are one place; a task endpoint can be another. */
export type TaskSource = {
  list(): Promise<TaskSummary[]>;
  /** `undefined` when there is no such task. */
  get(id: string): Promise<Task | undefined>;
};

type IndexFile = {
  tasks: {
    id: string;
    folder: string;
    task: string;
    status: string;
    created_at: string;
    finished_at: string | null;
    steps: { url: string; screenshot: string }[];
  }[];
};

type TaskFile = Omit<IndexFile["tasks"][number], "folder" | "steps"> & {
  output?: string;
  steps: {
    number: number;
    next_goal: string;
    url: string;
    screenshot: string;
    started_at?: string;
    finished_at?: string;
  }[];
};

/** The tasks that ship with the page: static files in `tasks/`. */
export function sampleTasks(base = new URL("tasks/", document.baseURI)): TaskSource {
  let index: Promise<IndexFile> | undefined;
  const readIndex = () => {
    index ??= readJson<IndexFile>(new URL("index.json", base)).catch((error: unknown) => {
      // The next visit of the list asks again.
      index = undefined;
      throw error;
    });
    return index;
  };
  return {
    async list() {
      const { tasks } = await readIndex();
      return tasks.map(({ id, folder, task, status, created_at, finished_at, steps }) => {
        const at = (screenshot: string) => new URL(`${folder}/${screenshot}`, base).href;
        const real = steps.find(({ url }) => hostAndPath(url) !== undefined) ?? steps[0];
        return {
          id,
          task,
          status,
          createdAt: new Date(created_at),
          durationMs: spanMs(created_at, finished_at),
          screenshots: steps.map(({ screenshot }) => at(screenshot)),
          poster: real && at(real.screenshot),
        };
      });
    },
    async get(id) {
      const entry = (await readIndex()).tasks.find((task) => task.id === id);
      if (!entry) return undefined;
      const folder = new URL(`${entry.folder}/`, base);
      const file = await readJson<TaskFile>(new URL("task.json", folder));
      return {
        id,
        task: file.task,
        status: file.status,
        createdAt: new Date(file.created_at),
        durationMs: spanMs(file.created_at, file.finished_at),
        output: file.output,
        steps: file.steps.map((step) => ({
          number: step.number,
          goal: step.next_goal,
          url: step.url,
          screenshot: new URL(step.screenshot, folder).href,
          startedAt: step.started_at === undefined ? undefined : new Date(step.started_at),
          finishedAt: step.finished_at === undefined ? undefined : new Date(step.finished_at),
        })),
      };
    },
  };
}

/** What the library is told about a step beside its picture. */
export function describeStep(step: Step): Omit<DescribedScreenshot, "image"> {
  return {
    caption: step.goal,
    url: step.url,
    number: step.number,
    ...(step.finishedAt && { timestampMs: step.finishedAt.getTime() }),
  };
}

/** Time between two moments, if both are known. */
export function spanMs(from: string, to: string | null): number | undefined {
  return to === null ? undefined : Date.parse(to) - Date.parse(from);
}

/** JSON from an address. */
export async function readJson<Shape>(url: URL): Promise<Shape> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new TaskGifError("FETCH_FAILED", `expected ${url.pathname}, but the connection failed: ${String(error)}`);
  });
  if (!response.ok) {
    throw new TaskGifError("FETCH_FAILED", `expected ${url.pathname}, found HTTP status ${response.status}`);
  }
  return response.json() as Promise<Shape>;
}
