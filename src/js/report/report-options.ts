import type { Step } from "../public-types.ts";

/** The task in a report. A task of API v1 can be passed as it is; missing fields are left out. */
export type ReportTask = {
  /** ID of the task. */
  id?: string | null;
  /** The task in words. */
  task?: string | null;
  /** Status as the API says it, such as `"finished"`. */
  status?: string | null;
  /** Its result. */
  output?: string | null;
  /** ISO 8601; without a zone it is UTC. */
  created_at?: string | null;
  /** ISO 8601; without a zone it is UTC. */
  finished_at?: string | null;
  /** Where the task could be watched; becomes a link. */
  live_url?: string | null;
  /** Where the API shows the task to everybody; becomes a link. */
  public_share_url?: string | null;
  /** The steps of API v1, if `options.steps` is not given. */
  steps?: readonly unknown[];
  /** Anything else is left out. */
  [name: string]: unknown;
};

/**
 * One step of the transcript; the screenshots of `stepsFrom` fit as they are. A missing number is its place from 1.
 * Only http and https addresses become links; passwords in them are left out.
 */
export type ReportStep = Partial<Step> & {
  /** The bytes of a picture of the step, PNG, WebP or JPEG, such as a still of `gif.stills()`; it is printed, too. */
  still?: ArrayBuffer | ArrayBufferView;
};

/** Options of a report. */
export type ReportOptions = {
  /** The task; by default the report has none. */
  task?: ReportTask;
  /** The steps in order; default: those of `task`. */
  steps?: readonly ReportStep[];
  /** The bytes of the GIF, which become part of the file; without them it is the transcript alone. */
  gif?: ArrayBuffer | ArrayBufferView;
  /** Heading; default: the task. */
  title?: string;
  /**
   * How wide the stills of steps are, on the screen and on paper, in CSS pixels (96 an inch), 60 to 1,200; default 280.
   */
  stillWidth?: number;
  /** More links, for instance to the run in your own tool. */
  links?: readonly { label: string; url: string }[];
};

/** Options of a Markdown report. */
export type MarkdownReportOptions = Omit<ReportOptions, "gif" | "stillWidth"> & {
  /** Path of the GIF relative to the Markdown file, such as `"replay.gif"`. */
  gif?: string;
};
