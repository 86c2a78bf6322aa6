import type { OwnFlag } from "./parse-args.ts";

/** State that a command leaves for error messages. */
export type Context = {
  /** Names of the screenshots by source index, as far as they are known. */
  files: string[];
};

/** One command: its help and its function. */
export type Command = {
  /** One-line description. */
  summary: string;
  /** Usage line. */
  synopsis: string;
  /** Its own flags. */
  flags: Readonly<Record<string, OwnFlag>>;
  /** Whether it takes the flags of assembly options too. */
  withOptions: boolean;
  /** Examples: command lines, each with a description. */
  examples: (readonly [line: string, effect: string])[];
  /** Notes printed below the flags. */
  notes?: string;
  /** Whether it handles Ctrl-C itself, instead of being ended at once. */
  endsItself?: boolean;
  run(args: string[], context: Context): Promise<void>;
};
