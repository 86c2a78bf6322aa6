import type { DescribedScreenshot } from "../public-types.ts";

/** One run of an agent or a test. */
export type Run = {
  /** Its name in the record: the title of a test, the task of an agent. */
  name?: string;
  /** Its ID in the tool, such as that of a task. */
  id?: string;
  /** How it ended; absent if the record does not say so. */
  status?: "passed" | "failed" | "skipped" | "stopped" | "running";
  /** Why it failed, in plain text. */
  error?: string;
  /** Its result, in the words of the agent. */
  output?: string;
  /** When it began, in ms since 1970. */
  startedAtMs?: number;
  /** When it ended, in ms since 1970. */
  endedAtMs?: number;
  /** The tool that wrote the record. */
  tool: RunTool;
  /** Its screenshots in the order of its steps, for `assembleGif`. Their pictures are read on demand. */
  screenshots: DescribedScreenshot[];
  /** Guesses about the record, and parts that it lacks. */
  warnings: RunWarning[];
};

/** A tool that writes records. */
export type RunTool = {
  /** Its official name: "Playwright". */
  name: string;
  /** Its version, if the record has it. */
  version?: string;
};

/** Codes of warnings; the guide to records explains each. */
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

/** A warning about a run. */
export type RunWarning = {
  /** Stable code, for programs. */
  code: RunWarningCode;
  /** Description, for people. */
  message: string;
};
