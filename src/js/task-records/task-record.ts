import type { ImageSource, Point, Rect, Step } from "../public-types.ts";

/** Options for reading a record. */
export type StepsOptions<Image extends ImageSource | PromiseLike<ImageSource> = ImageSource> = {
  /**
   * Returns the picture for a file name, a path or an address in the record; not called for base64 and `data:` URLs. Paths are those
   * of the machine that wrote the record: after a move, only their last parts are right.
   */
  resolve?: (reference: string, step: Step) => Image;
  /** Addresses of the screenshots, for a task of API v1 that contains none. */
  screenshots?: readonly string[];
  /** Whether placeholders and the new-tab pages of browsers are left out; default true. */
  skipBlank?: boolean;
};

/** A step of any record: its facts and its picture. */
export type RecordStep = Step & {
  /** Base64, an address or a path; absent if the step has no picture. */
  picture?: string;
  /** Whether `picture` is a file, which has to be resolved. */
  isFile?: boolean;
  /** Position of the click, in pixels of the picture. */
  click?: Point;
  /** Box of the element that the step acted on, in pixels of the picture. */
  element?: Rect;
  /** Path of a drag, in pixels of the picture. */
  drag?: Point[];
};

/** A warning about a guess or a missing part of a record. */
export type RecordWarning = {
  code: "ORDER_GUESSED" | "STEPS_MISSING" | "STEPS_NOT_MATCHED" | "STEPS_WITHOUT_SCREENSHOT" | "TIMES_UNKNOWN";
  message: string;
};

/** A task read from a record of any tool. */
export type TaskRecord = {
  /** Name of the tool that wrote it: `"browser-use"`, `"browser-use Cloud"`; empty if unknown. */
  tool: string;
  /** The task in words. */
  name?: string;
  status?: "passed" | "failed" | "stopped" | "running";
  /** Why it failed, in one line. */
  error?: string;
  startedAtMs?: number;
  /** When it ended, in ms since 1970. */
  endedAtMs?: number;
  /** ID of the task. */
  id?: string;
  /** Its result, in the words of the agent. */
  output?: string;
  /** Its steps in the order of the record, including those without a picture. */
  steps: RecordStep[];
  warnings: RecordWarning[];
};
