import type { Endpoint } from "./endpoint.ts";

/** A task in the list of an endpoint. All fields except the id may be missing. */
export type ListedTask = {
  id: string;
  task?: string | null;
  status?: string | null;
  output?: string | null;
  created_at?: string | null;
  finished_at?: string | null;
  steps?: { next_goal?: string | null; url?: string | null }[] | null;
  /** `task-gif serve` lists the screenshots too. */
  screenshots?: string[] | null;
  /** URL of the poster of the GIF; `task-gif serve` has one for each. */
  poster?: string | null;
  /** Whether the endpoint allows to rename and delete it. */
  is_editable?: boolean;
};

type Page = { etag: string | null; tasks: ListedTask[]; count: number; total: number };

/** Maximum number of tasks per request. */
const LIMIT = 100;

/** The list of an endpoint's tasks, fetched page by page with ETags, so that unchanged pages cost only a 304. */
export class TaskPages {
  #pages: Page[] = [];

  constructor(private readonly endpoint: Pick<Endpoint, "ask">) {}

  /** All tasks that are known, each once. */
  get tasks(): ListedTask[] {
    return [...new Map(this.#pages.flatMap(({ tasks }) => tasks).map((task) => [task.id, task])).values()];
  }

  /**
   * Fetches the changed pages and calls `onchange` after each. Resolves to whether any page has changed.
   *
   * @throws if the endpoint has no list.
   */
  async refresh(onchange: () => void, signal: AbortSignal): Promise<boolean> {
    let hasChanged = false;
    const before = this.#pages[0];
    for (let i = 0; i < (this.#pages[0]?.count ?? 1); i++) {
      // If the first page and the number of tasks are unchanged, later pages can differ only in running tasks.
      const isSettled = before !== undefined && namesOf(before) === namesOf(this.#pages[0]!);
      const known = this.#pages[i];
      if (i > 0 && isSettled && known && !known.tasks.some(isGoingOn)) continue;
      const page = await this.#fetch(i + 1, known, signal);
      if (page === known) continue;
      this.#pages[i] = page;
      hasChanged = true;
      onchange();
    }
    const { count = 1 } = this.#pages[0] ?? {};
    this.#pages.length = Math.min(this.#pages.length, Math.max(1, count));
    return hasChanged;
  }

  async #fetch(number: number, known: Page | undefined, signal: AbortSignal): Promise<Page> {
    const response = await this.endpoint.ask(`tasks?limit=${LIMIT}&page=${number}`, {
      ...(known?.etag && { headers: { "if-none-match": known.etag } }),
      cache: "no-store",
      signal,
    });
    if (response.status === 304 && known) return known;
    const body = (await response.json()) as { tasks?: unknown; total_pages?: unknown; total_count?: unknown };
    if (!response.ok || !Array.isArray(body.tasks)) throw new Error(`HTTP status ${response.status}`);
    return {
      etag: response.headers.get("etag"),
      tasks: body.tasks.filter(hasId),
      count: typeof body.total_pages === "number" ? body.total_pages : 1,
      total: typeof body.total_count === "number" ? body.total_count : body.tasks.length,
    };
  }
}

const namesOf = ({ total, tasks }: Page) => [total, ...tasks.map(({ id }) => id)].join(" ");

const OVER = new Set(["finished", "failed", "stopped"]);

/** Whether a task is still running. */
export const isGoingOn = ({ status }: { status?: string | null }) => !OVER.has(status ?? "");

function hasId(task: unknown): task is ListedTask {
  return typeof task === "object" && task !== null && typeof (task as { id?: unknown }).id === "string";
}
