/** One step of a task, with the screenshot that was taken after it. */
export type Step = {
  /** Number in the task, from 1; steps without screenshots are skipped. */
  number: number;
  goal: string;
  /** Address of the page; may be unknown. */
  url: string | undefined;
  /** Address of the screenshot. */
  screenshot: string;
  /** When the screenshot was taken, in ms since 1970. */
  timestampMs: number | undefined;
};

/** The facts that every source has of a task. */
export type TaskFacts = {
  id: string;
  task: string;
  status: string;
  createdAt: Date | undefined;
  durationMs: number | undefined;
};

/** The content of a card in the list. */
export type TaskSummary = TaskFacts & {
  /** Changes whenever any fact of the task changes. */
  version: string;
  stepCount: number;
  /** Words of the steps, for the search. */
  words: string;
  /** Returns the URLs of the screenshots in order, and of the most telling one. May fetch them. */
  pictures(): Promise<{ all: string[]; poster: string | undefined }>;
};

/** A task with its steps. */
export type Task = TaskFacts & {
  output: string | undefined;
  steps: Step[];
  /** Whether it may be renamed and deleted. */
  isEditable: boolean;
};

/** Changes of a stored task. They reject with the message of the server. */
export type TaskChanges = {
  /** Renames it. */
  rename(id: string, name: string): Promise<void>;
  /** Deletes it with its GIF. */
  remove(id: string): Promise<void>;
};

/** A source of tasks. */
export type TaskSource = {
  /**
   * Calls back with all tasks, newest first: at once, and after each change until the signal is aborted. Resolves if
   * there will be no changes. @throws if there is no list.
   */
  follow(ontasks: (tasks: TaskSummary[]) => void, signal: AbortSignal): Promise<void>;
  /** Yields the task immediately and after each change until it has ended; `undefined` if there is no such task. */
  watch(id: string, signal: AbortSignal): AsyncIterable<Task | undefined>;
  /** Absent if tasks cannot be changed. */
  changes?: TaskChanges;
  /** Returns a task; `undefined` if there is no such task. */
  get(id: string): Promise<Task | undefined>;
};

/** Returns the time between two moments in ms; `undefined` if one is unknown. */
export function spanMs(from: string | null | undefined, to: string | null | undefined): number | undefined {
  const span = Date.parse(to ?? "") - Date.parse(from ?? "");
  return span >= 0 ? span : undefined;
}

/** Parses a time into ms since 1970; `undefined` for anything else. */
export function parseDate(text: string | null | undefined): Date | undefined {
  const date = new Date(text ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}
