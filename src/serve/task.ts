import type { DescribedScreenshot } from "../js/public-types.ts";
import { isFinal } from "../js/task-status.ts";
import type { ChooseRange, StoredFile } from "./stores/store.ts";

/** The fields of a task in the task API. */
export type TaskRecord = {
  id?: string;
  task?: string;
  /** In the API's words: `created`, `running`, `paused`, `finished`, `failed`, `stopped`. */
  status?: string;
  output?: string | null;
  created_at?: string | null;
  finished_at?: string | null;
};

/** The fields of a step in the task API. */
export type TaskStep = {
  id?: string;
  step: number;
  evaluation_previous_goal?: string | null;
  next_goal?: string | null;
  url?: string | null;
};

/** A stored screenshot. */
export type Shot = {
  /** Number of its step. */
  number: number;
  /** Its name in addresses, as in `step_3.png`. */
  name: string;
  /** Reads its bytes, or the range that `choose` asks for; `undefined` if the file is gone. */
  read(choose?: ChooseRange): Promise<StoredFile | undefined>;
};

/** A task, uploaded or read from a record: the rest of the server does not tell the two apart. */
export type Task = {
  id: string;
  record: TaskRecord;
  /** Folder of the files that the server writes for it: the GIF, its state, the GIF request. */
  home: string;
  /** Whether it was uploaded over the API. Its media expire; those of records never do. */
  isUploaded: boolean;
  /**
   * Version of the record: if it differs from that of the GIF, the GIF is made again. `null` for finished uploaded
   * tasks.
   */
  version: string | null;
  /** Its screenshots in the order of its steps; each has a number of its own. */
  shots(): Promise<readonly Shot[]>;
  /** What is known about its steps. */
  steps(): Promise<readonly TaskStep[]>;
  /** What its GIF is made of. */
  screenshots(): AsyncIterable<DescribedScreenshot>;
};

/** Ids of tasks: those of the task API, restricted to characters that are safe in a path. */
export const TASK_ID = /^[A-Za-z0-9_-]{1,128}$/;

/** Whether nothing more will happen to a task. */
export const isOver = ({ status }: TaskRecord): boolean => isFinal(status ?? "");
