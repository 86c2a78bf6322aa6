import { parseArgs } from "node:util";
import { describeError } from "../js/errors.ts";
import { closestName } from "../js/options/closest-name.ts";
import { usage } from "./errors.ts";
import { type Flag, OPTION_FLAGS } from "./option-flags.ts";

/** A flag of a command that is no option of the library. */
export type OwnFlag = Pick<Flag, "value" | "help"> & { short?: string; multiple?: boolean };

/** What a command line says, taken apart. */
export type Given = {
  positionals: string[];
  values: Record<string, string | boolean | string[] | undefined>;
};

/** Takes a command line apart; what it does not know it refuses, with the name that was probably meant. */
export function parseCommandLine(args: string[], own: Readonly<Record<string, OwnFlag>>, withOptions: boolean): Given {
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
    return { positionals, values: values as Given["values"] };
  } catch (error) {
    const unknown = /^Unknown option '(-[^'\s]*)'/.exec(describeError(error))?.[1];
    if (unknown === undefined) throw usage(describeError(error).replace(/\. To specify.*$/s, ""));
    const meant = closestName(unknown.replace(/^--?(no-)?/, ""), Object.keys(flags));
    throw usage(`there is no ${unknown}${meant ? `; did you mean --${meant}?` : ""}`);
  }
}

/** A whole number of a flag, within bounds. */
export function wholeNumber(text: string, flag: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw usage(`${flag}: expected a whole number from ${least} to ${most}, found ${JSON.stringify(text)}`);
}
