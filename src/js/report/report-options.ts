import type { Step } from "../public-types.ts";

/** The task in a report. A task of API v1 can be passed unchanged; missing fields are left out. */
export type ReportTask = {
  /** ID of the task. */
  id?: string | null;
  /** Description of the task. */
  task?: string | null;
  /** Status as returned by the API, such as `"finished"`. */
  status?: string | null;
  /** Result of the task. */
  output?: string | null;
  /** ISO 8601; without a zone it is UTC. */
  created_at?: string | null;
  /** ISO 8601; without a zone it is UTC. */
  finished_at?: string | null;
  /** URL at which the task could be watched; becomes a link. */
  live_url?: string | null;
  /** Public URL of the task; becomes a link. */
  public_share_url?: string | null;
  /** The steps of API v1, if `options.steps` is not given. */
  steps?: readonly unknown[];
  /** Other fields are ignored. */
  [name: string]: unknown;
};

/**
 * One step of the transcript. Screenshots of `stepsFrom` can be passed unchanged. A missing number is the position from 1.
 * Only http and https addresses become links; passwords in them are left out.
 */
export type ReportStep = Partial<Step> & {
  /** A picture of the step as PNG, WebP or JPEG bytes, such as a still of `gif.stills()`. It is printed too. */
  still?: ArrayBuffer | ArrayBufferView;
};

/** Options of a report. */
export type ReportOptions = {
  /** The task; default: a report without a task. */
  task?: ReportTask;
  /** The steps in order; default: those of `task`. */
  steps?: readonly ReportStep[];
  /** The bytes of the GIF, which become part of the file; default: only the transcript. */
  gif?: ArrayBuffer | ArrayBufferView;
  /** Heading; default: the task. */
  title?: string;
  /**
   * Width of the stills of steps, on the screen and on paper, in CSS pixels (96 per inch), 60 to 1,200; default 280.
   */
  stillWidth?: number;
  /** Additional links, for instance to the run in your own tool. */
  links?: readonly { label: string; url: string }[];
};

/** Options of a Markdown report. */
export type MarkdownReportOptions = Omit<ReportOptions, "gif" | "stillWidth"> & {
  /** Path of the GIF relative to the Markdown file, such as `"replay.gif"`. */
  gif?: string;
};
