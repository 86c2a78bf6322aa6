import type { DescribedScreenshot } from "../public-types.ts";

/** One run of an agent or a test, as a record tells it. */
export type Run = {
  /** What the record calls it: the title of a test, the task of an agent. */
  name?: string;
  /** What the tool knows it by: the ID of a task. */
  id?: string;
  /** How it ended, where the record says so. */
  status?: "passed" | "failed" | "skipped" | "stopped" | "running";
  /** Why it failed, in plain text. */
  error?: string;
  /** What came of it, in the words of the agent. */
  output?: string;
  /** When it began, in ms since 1970. */
  startedAtMs?: number;
  /** When it ended, in ms since 1970. */
  endedAtMs?: number;
  /** What wrote the record. */
  tool: RunTool;
  /** Its screenshots in the order of its steps, ready for `assembleGif`. Their pictures are read when they are asked for. */
  screenshots: DescribedScreenshot[];
  /** What had to be guessed, and what the record should have and has not. */
  warnings: RunWarning[];
};

/** A tool that writes records. */
export type RunTool = {
  /** As its makers call it: "Playwright". */
  name: string;
  /** Its version, where the record tells. */
  version?: string;
};

/** What a run can be warned of; the guide to records says what each means. */
export type RunWarningCode =
  | "CALLS_MISSING"
  | "CUT_OUTS_SKIPPED"
  | "FAILURE_NOT_SHOWN"
  | "FILES_SKIPPED"
  | "LIMIT_EXCEEDED"
  | "MEANING_GUESSED"
  | "NO_SCREENSHOTS"
  | "ORDER_GUESSED"
  | "ORDER_UNKNOWN"
  | "PICTURE_MISSING"
  | "RECORD_DAMAGED"
  | "RECORD_UNFINISHED"
  | "SEVERAL_PAGES"
  | "STEPS_MISSING"
  | "STEPS_NOT_MATCHED"
  | "STEPS_WITHOUT_SCREENSHOT"
  | "TIMES_RELATIVE"
  | "TIMES_UNKNOWN"
  | "UNREADABLE";

/** Something to know about a run that was read. */
export type RunWarning = {
  /** Stable, upper-case name, for programs. */
  code: RunWarningCode;
  /** What it is, for people. */
  message: string;
};
