import { readJson, type Store } from "./store.ts";

/** A task as its `task.json` has it. */
export type TaskRecord = {
  id?: string;
  task?: string;
  status?: string;
  output?: string | null;
  created_at?: string;
  finished_at?: string | null;
  /** Steps of a task whose files were put here by hand. */
  steps?: StoredStep[];
  /** Whether its screenshots came over the API, so that they are removed with the GIF. */
  uploaded?: boolean;
};

/** What is known about a step. */
export type StoredStep = {
  id?: string;
  number?: number;
  step?: number;
  evaluation_previous_goal?: string | null;
  next_goal?: string | null;
  url?: string | null;
  /** File of its screenshot, beside `task.json`. */
  screenshot?: string;
  /** When the screenshot was taken. */
  finished_at?: string | null;
};

/** A task and the folder it is in. */
export type StoredTask = { id: string; folder: string; record: TaskRecord };

/** A screenshot that is there: its step, its file, and its name in addresses. */
export type Shot = { number: number; file: string; name: string };

/** What became of the GIF of a task. */
export type GifState = {
  state: "ready" | "failed" | "expired";
  /** The wish that this answers; see `GifWish`. */
  wish: string | null;
  made_at: string;
  code?: string;
  message?: string;
};

/** A GIF that was asked for again, with options. */
export type GifWish = { id: string; options: Record<string, unknown> };

/** Statuses that are the last. */
const TERMINAL = new Set(["finished", "failed", "stopped"]);
/** What the task API has for ids, and what may stand in a path. */
export const TASK_ID = /^[A-Za-z0-9_-]{1,128}$/;
const PICTURE = /\.(png|jpe?g|webp)$/i;
const NUMBERED = /^step_(\d{1,6})\./;
/** How long an id that is not there is not looked for again. */
const LOOK_AGAIN_MS = 2000;
/** Tasks that are looked at before others get their turn. */
const TURN = 64;

const natural = new Intl.Collator("en", { numeric: true }).compare;

/** Files of a task; `gif/` is the server's own. */
export const keys = {
  task: (folder: string) => `${folder}/task.json`,
  file: (folder: string, name: string) => `${folder}/${name}`,
  facts: (folder: string, number: number) => `${folder}/step_${number}.json`,
  gif: (folder: string) => `${folder}/gif/execution.gif`,
  state: (folder: string) => `${folder}/gif/state.json`,
  wish: (folder: string) => `${folder}/gif/wish.json`,
};

/** Whether nothing more will happen to a task. */
export const isOver = ({ status }: TaskRecord): boolean => TERMINAL.has(status ?? "");

/** The tasks in a store. */
export class Tasks {
  /** Folders that are not named like the task in them. */
  readonly #folders = new Map<string, string>();
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(readonly store: Store) {}

  /** The task with an id: the folder's name, unless its `task.json` says another. */
  async find(id: string): Promise<StoredTask | undefined> {
    const task = await this.in(this.#folders.get(id) ?? id);
    if (task?.id === id) return task;
    if (performance.now() - this.#lookedAt < LOOK_AGAIN_MS) return undefined;
    for await (const found of this.all()) if (found.id === id) return found;
    return undefined;
  }

  /** The task in a folder. */
  async in(folder: string): Promise<StoredTask | undefined> {
    const record = await readJson<TaskRecord>(this.store, keys.task(folder));
    if (!record) return undefined;
    const id = typeof record.id === "string" && TASK_ID.test(record.id) ? record.id : folder;
    if (!TASK_ID.test(id)) return undefined;
    if (id !== folder) this.#folders.set(id, folder);
    return { id, folder, record };
  }

  /** Every task, but not those in folders that `skip` names. */
  async *all(skip?: ReadonlySet<string>): AsyncGenerator<StoredTask> {
    const names = await this.store.list("");
    for (const [i, name] of names.entries()) {
      // A store that answers on the spot would keep everybody else waiting until the last one.
      if (i % TURN === TURN - 1) await new Promise((next) => setTimeout(next));
      const folder = name.slice(0, -1);
      if (!name.endsWith("/") || skip?.has(folder)) continue;
      const task = await this.in(folder);
      if (task) yield task;
    }
    if (!skip) this.#lookedAt = performance.now();
  }

  /** The screenshots of a task in the order of its steps; each has a number of its own. */
  async shots({ folder, record }: StoredTask): Promise<Shot[]> {
    const names = await this.store.list(folder);
    const there = new Set(names.filter((name) => PICTURE.test(name)));
    const named = stepsOf(record).flatMap(([number, { screenshot: file }]) =>
      typeof file === "string" && there.has(file) ? [{ number, file }] : [],
    );
    const found = named.length > 0 ? named : byName([...there].sort(natural));
    const areDistinct = new Set(found.map(({ number }) => number)).size === found.length;
    return found.map(({ number, file }, i) => {
      const own = areDistinct ? number : i + 1;
      return { number: own, file, name: `step_${own}${file.slice(file.lastIndexOf(".")).toLowerCase()}` };
    });
  }

  /** What is known about the steps, by number: from `task.json`, else from beside each screenshot. */
  async facts({ folder, record }: StoredTask): Promise<Map<number, StoredStep>> {
    const listed = stepsOf(record);
    if (listed.length > 0) return new Map(listed);
    const names = await this.store.list(folder);
    const numbers = names
      .flatMap((name) => (name.endsWith(".json") ? (NUMBERED.exec(name)?.[1] ?? []) : []))
      .map(Number);
    const read = async (number: number) =>
      [number, (await readJson<StoredStep>(this.store, keys.facts(folder, number))) ?? {}] as const;
    return new Map(await Promise.all(numbers.sort((a, b) => a - b).map(read)));
  }

  /** Whether the GIF of a task is decided: made, given up or gone, and not asked for again since. */
  async gif(folder: string): Promise<{ state?: GifState; wish?: GifWish; isSettled: boolean }> {
    const [state, wish] = await Promise.all([
      readJson<GifState>(this.store, keys.state(folder)),
      readJson<GifWish>(this.store, keys.wish(folder)),
    ]);
    const isSettled = state?.state === "expired" || (state !== undefined && state.wish === (wish?.id ?? null));
    return { ...(state && { state }), ...(wish && { wish }), isSettled };
  }
}

/** The steps that `task.json` lists, with their numbers. */
function stepsOf({ steps }: TaskRecord): [number, StoredStep][] {
  if (!Array.isArray(steps)) return [];
  return steps.map((given, i) => {
    const step: StoredStep = typeof given === "object" && given !== null ? given : {};
    const number = step.number ?? step.step;
    return [Number.isSafeInteger(number) && number! >= 0 ? number! : i + 1, step];
  });
}

function byName(files: readonly string[]): { number: number; file: string }[] {
  const numbers = files.map((file) => NUMBERED.exec(file)?.[1]);
  const areNumbered = numbers.every((number) => number !== undefined);
  return files.map((file, i) => ({ number: areNumbered ? Number(numbers[i]) : i + 1, file }));
}
