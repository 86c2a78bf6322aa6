import type { ImageSource, Point, Rect, Step } from "../public-types.ts";

/** How to read a record. */
export type StepsOptions<Image extends ImageSource | PromiseLike<ImageSource> = ImageSource> = {
  /**
   * Gives the picture for what the record says: a file name, a path or an address. Base64 and `data:` need none. Paths
   * are those of the machine that wrote the record: after a move the file is where its last parts say.
   */
  resolve?: (reference: string, step: Step) => Image;
  /** Addresses of the screenshots, where the record itself has none, as with API v1. */
  screenshots?: readonly string[];
  /** Whether placeholders and the new-tab pages of browsers are left out; default true. */
  skipBlank?: boolean;
};

/** A step of any record: what is known about it, and what stands for its picture. */
export type RecordStep = Step & {
  /** Base64, an address, a path, or nothing. */
  picture?: string;
  /** Whether `picture` is a file, which has to be resolved. */
  isFile?: boolean;
  /** Where the step clicked, in pixels of the picture. */
  click?: Point;
  /** The box of the element that the step acted on, in pixels of the picture. */
  element?: Rect;
  /** The way of a drag, in pixels of the picture. */
  drag?: Point[];
};

/** Something in a record that was a guess, or that is missing in it. */
export type RecordWarning = {
  code: "ORDER_GUESSED" | "STEPS_MISSING" | "STEPS_NOT_MATCHED" | "STEPS_WITHOUT_SCREENSHOT" | "TIMES_UNKNOWN";
  message: string;
};

/** A record of a task as its reader understands it, whatever tool wrote it. */
export type TaskRecord = {
  /** Who wrote it: `"browser-use"`, `"browser-use Cloud"`; without a name when nobody knows. */
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
  /** What came of it, in the words of the agent. */
  output?: string;
  /** In the order of the record. Steps without a picture are among them. */
  steps: RecordStep[];
  warnings: RecordWarning[];
};
