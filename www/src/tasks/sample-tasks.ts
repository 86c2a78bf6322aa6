import { TaskGifError } from "task-gif";
import { hostAndPath } from "./host-and-path.ts";
import { parseDate, spanMs, type TaskSource } from "./task.ts";

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
  steps: { number: number; next_goal: string; url: string; screenshot: string; finished_at?: string }[];
};

/** The tasks that ship with the page: static files in `tasks/`. */
export function sampleTasks(base = new URL("tasks/", document.baseURI)): TaskSource {
  let index: Promise<IndexFile> | undefined;
  const readIndex = () => {
    index ??= readJson<IndexFile>(new URL("index.json", base)).catch((error: unknown) => {
      // The next visit of the list tries again.
      index = undefined;
      throw error;
    });
    return index;
  };
  const source: TaskSource = {
    async follow(ontasks) {
      const { tasks } = await readIndex();
      const summaries = tasks.map(({ id, folder, task, status, created_at, finished_at, steps }) => {
        const at = (screenshot: string) => new URL(`${folder}/${screenshot}`, base).href;
        const pages = steps.filter(({ url }) => hostAndPath(url) !== undefined);
        // The thumbnail of a failed task shows the failed step.
        const real = (status === "failed" ? pages.at(-1) : pages[0]) ?? steps[0];
        return {
          id,
          version: id,
          task,
          status,
          createdAt: parseDate(created_at),
          durationMs: spanMs(created_at, finished_at),
          stepCount: steps.length,
          words: steps.map(({ url }) => hostAndPath(url) ?? "").join(" "),
          pictures: async () => ({
            all: steps.map(({ screenshot }) => at(screenshot)),
            poster: real && at(real.screenshot),
          }),
        };
      });
      ontasks(summaries);
    },
    async *watch(id) {
      yield await source.get(id);
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
        createdAt: parseDate(file.created_at),
        durationMs: spanMs(file.created_at, file.finished_at),
        output: file.output,
        isEditable: false,
        steps: file.steps.map((step) => ({
          number: step.number,
          goal: step.next_goal,
          url: step.url,
          screenshot: new URL(step.screenshot, folder).href,
          timestampMs: parseDate(step.finished_at)?.getTime(),
        })),
      };
    },
  };
  return source;
}

async function readJson<Shape>(url: URL): Promise<Shape> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new TaskGifError("FETCH_FAILED", `expected ${url.pathname}, but the connection failed: ${String(error)}`);
  });
  if (!response.ok) {
    throw new TaskGifError("FETCH_FAILED", `expected ${url.pathname}, found HTTP status ${response.status}`);
  }
  return response.json() as Promise<Shape>;
}
