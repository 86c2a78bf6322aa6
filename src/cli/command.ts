import type { OwnFlag } from "./parse-args.ts";

/** What a command may leave for the report of a failure. */
export type Context = {
  /** Names of the screenshots by their place, as far as they are known. */
  files: string[];
};

/** One command: what the help says of it, and what it does. */
export type Command = {
  /** What it does, in one line. */
  summary: string;
  /** How it is written. */
  synopsis: string;
  /** Its own flags. */
  flags: Readonly<Record<string, OwnFlag>>;
  /** Whether it takes the options of an assembly as well. */
  withOptions: boolean;
  /** Command lines to learn from, each with what it does. */
  examples: (readonly [line: string, effect: string])[];
  /** More to know, below the flags. */
  notes?: string;
  /** Whether it ends by itself on Ctrl-C, instead of at once. */
  endsItself?: boolean;
  run(args: string[], context: Context): Promise<void>;
};
