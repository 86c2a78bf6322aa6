import type { DescribedScreenshot } from "../js/public-types.ts";
import { isFinal } from "../js/task-status.ts";
import type { ChooseRange, StoredFile } from "./stores/store.ts";

/** What the task API tells of a task. */
export type TaskRecord = {
  id?: string;
  task?: string;
  /** In the API's words: `created`, `running`, `paused`, `finished`, `failed`, `stopped`. */
  status?: string;
  output?: string | null;
  created_at?: string | null;
  finished_at?: string | null;
};

/** What the task API tells of a step. */
export type TaskStep = {
  id?: string;
  step: number;
  evaluation_previous_goal?: string | null;
  next_goal?: string | null;
  url?: string | null;
};

/** A screenshot that is there. */
export type Shot = {
  /** Number of its step. */
  number: number;
  /** Its name in addresses, as in `step_3.png`. */
  name: string;
  /** Its bytes, or what `choose` wants of them; `undefined` when it is gone. */
  read(choose?: ChooseRange): Promise<StoredFile | undefined>;
};

/** A task as the rest of the server sees it, whatever it is read from. */
export type Task = {
  id: string;
  record: TaskRecord;
  /** Folder of what the server makes for it: the GIF, its state, what was asked for. */
  home: string;
  /** Whether its media came over the API, and are removed some time. What a person put into the store is never removed. */
  isUploaded: boolean;
  /** Version of what it is read from: a GIF of another version is made again. An uploaded task that is over has none. */
  version: string | null;
  /** Its screenshots in the order of its steps; each has a number of its own. */
  shots(): Promise<readonly Shot[]>;
  /** What is known about its steps. */
  steps(): Promise<readonly TaskStep[]>;
  /** What its GIF is made of. */
  screenshots(): AsyncIterable<DescribedScreenshot>;
};

/** What the task API has for ids, and what may stand in a path. */
export const TASK_ID = /^[A-Za-z0-9_-]{1,128}$/;

/** Whether nothing more will happen to a task. */
export const isOver = ({ status }: TaskRecord): boolean => isFinal(status ?? "");
