/** One step of a task, with the screenshot that was taken after it. */
export type Step = {
  /** Number in the task, from 1; may jump where steps have no screenshot. */
  number: number;
  goal: string;
  /** Address of the page; may be unknown. */
  url: string | undefined;
  /** Address of the screenshot. */
  screenshot: string;
  /** When the screenshot was taken, in ms since 1970. */
  timestampMs: number | undefined;
};

/** What all places tell of a task. */
export type TaskFacts = {
  id: string;
  task: string;
  status: string;
  createdAt: Date | undefined;
  durationMs: number | undefined;
};

/** What a card of the list shows. */
export type TaskSummary = TaskFacts & {
  /** Differs when anything of the task has changed. */
  version: string;
  stepCount: number;
  /** Words of the steps, for the search. */
  words: string;
  /** The addresses of the screenshots in order, and of the one that says most. May have to ask for them. */
  pictures(): Promise<{ all: string[]; poster: string | undefined }>;
};

/** A task with its steps. */
export type Task = TaskFacts & {
  output: string | undefined;
  steps: Step[];
  /** Whether it may be renamed and deleted. */
  isEditable: boolean;
};

/** What can be done to a task where it is kept. Rejects with what the place says. */
export type TaskChanges = {
  /** Gives it another name. */
  rename(id: string, name: string): Promise<void>;
  /** Removes it with everything that came of it. */
  remove(id: string): Promise<void>;
};

/** Where tasks come from. */
export type TaskSource = {
  /**
   * Tells all tasks, the newest first: at once, and again whenever there is something new, until the signal is aborted.
   * Resolves where there never will be. @throws when there is no list at all.
   */
  follow(ontasks: (tasks: TaskSummary[]) => void, signal: AbortSignal): Promise<void>;
  /** The task at once, and after each change until it is over; `undefined` when there is no such task. */
  watch(id: string, signal: AbortSignal): AsyncIterable<Task | undefined>;
  /** Absent where nothing can be changed. */
  changes?: TaskChanges;
  /** `undefined` when there is no such task. */
  get(id: string): Promise<Task | undefined>;
};

/** Time from one moment to another, where both are known. */
export function spanMs(from: string | null | undefined, to: string | null | undefined): number | undefined {
  const span = Date.parse(to ?? "") - Date.parse(from ?? "");
  return span >= 0 ? span : undefined;
}

/** A moment, if it is one. */
export function parseDate(text: string | null | undefined): Date | undefined {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}
