import { parseArgs } from "node:util";
import { closestName } from "../js/options/closest-name.ts";
import { describeError } from "../js/task-gif-error.ts";
import { usageError } from "./cli-error.ts";
import { type Flag, OPTION_FLAGS } from "./option-flags.ts";

/** A flag that sets no option of the library. */
export type OwnFlag = Pick<Flag, "value" | "help"> & { short?: string; multiple?: boolean };

/** A parsed command line. */
export type ParsedArguments = {
  positionals: string[];
  values: Record<string, string | boolean | string[] | undefined>;
};

/** Parses a command line. Unknown flags are an error that suggests a similar name. */
export function parseCommandLine(
  args: string[],
  own: Readonly<Record<string, OwnFlag>>,
  withOptions: boolean,
): ParsedArguments {
  const flags: Record<string, OwnFlag> = { ...own, ...(withOptions && OPTION_FLAGS) };
  const options = Object.entries(flags).map(([name, { value, short, multiple = false }]) => [
    name,
    { type: value === undefined ? ("boolean" as const) : ("string" as const), multiple, ...(short && { short }) },
  ]);
  try {
    const { values, positionals } = parseArgs({
      args,
      options: Object.fromEntries(options),
      allowPositionals: true,
      allowNegative: true,
    });
    return { positionals, values: values as ParsedArguments["values"] };
  } catch (error) {
    const unknown = /^Unknown option '(-[^'\s]*)'/.exec(describeError(error))?.[1];
    if (unknown === undefined) throw usageError(describeError(error).replace(/\. To specify.*$/s, ""));
    const meant = closestName(unknown.replace(/^--?(no-)?/, ""), Object.keys(flags));
    throw usageError(`there is no ${unknown}${meant ? `; did you mean --${meant}?` : ""}`);
  }
}

/** Returns the environment variable for a flag of a service: `TASK_GIF_KEEP_DAYS` for `--keep-days`. */
export const variableOf = (flag: string): string => `TASK_GIF_${flag.toUpperCase().replaceAll("-", "_")}`;

/** Parses the command line of a service, whose flags may also be environment variables. The command line takes precedence. */
export function parseServiceLine(args: string[], own: Readonly<Record<string, OwnFlag>>): ParsedArguments {
  const given = parseCommandLine(args, own, false);
  for (const [name, { value, multiple }] of Object.entries(own)) {
    const text = process.env[variableOf(name)];
    if (given.values[name] !== undefined || text === undefined || text === "") continue;
    if (value === undefined && !/^(0|1|true|false)$/.test(text)) {
      throw usageError(`${variableOf(name)}: expected true or false, found ${JSON.stringify(text)}`);
    }
    const isOn = text === "1" || text === "true";
    given.values[name] = value === undefined ? isOn : multiple ? text.split(/[\s,]+/) : text;
  }
  return given;
}

/** Parses the whole number of a flag and checks its range. */
export function wholeNumber(text: string, flag: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw usageError(`${flag}: expected a whole number from ${least} to ${most}, found ${JSON.stringify(text)}`);
}
