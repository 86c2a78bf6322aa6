import { pathToFileURL } from "node:url";
import { type FlagGuide, type FlagSyntax, OPTION_GUIDES } from "../js/options/option-guide.ts";
import type { Options } from "../js/public-types.ts";
import { usageError } from "./cli-error.ts";

/** One flag: the option that it sets, how its text is read, and its help. A flag without `value` is a switch. */
export type Flag = {
  /** The option by its path, as in `captions.position`. */
  option: string;
  /** Placeholder of its value in the help. */
  value?: string;
  /** Converts text to a value; default: the text. Text that cannot be converted is passed on, and the library reports it. */
  read?: (text: string, flag: string) => unknown;
  help: string;
};

const READERS: Readonly<Record<FlagSyntax, NonNullable<Flag["read"]>>> = {
  number: numeric,
  bytes,
  duration,
  steps: ranges,
  limits,
  file: (path) => pathToFileURL(path),
};

/** The flags of the option table by name, in the order of the help. */
export const OPTION_FLAGS: Readonly<Record<string, Flag>> = Object.fromEntries(
  OPTION_GUIDES.flatMap(([option, { fallback, help, flags }]) =>
    Object.entries(flags).map(([name, guide]) => [
      name,
      {
        option: guide.part === undefined ? option : `${option}.${guide.part}`,
        help: helpOf({ help, ...(guide.part === undefined && { fallback }), ...guide }),
        ...(guide.value !== undefined && { value: guide.value }),
        ...(guide.syntax && { read: READERS[guide.syntax] }),
      },
    ]),
  ),
);

/** Returns the help of a flag with its default, unless the default is off. */
function helpOf({ help = "", fallback = "" }: FlagGuide): string {
  if (fallback === "" || fallback === "false" || fallback === "none") return help;
  return `${help}; default ${fallback === "true" ? "on" : fallback.replaceAll('"', "")}`;
}

/**
 * Returns the options of a command line. Unlike in the library, captions are required by default, since users of a command easily
 * miss a warning.
 */
export function optionsFrom(values: Readonly<Record<string, unknown>>): Options {
  const options: Record<string, unknown> = {};
  for (const [name, { option, read }] of Object.entries(OPTION_FLAGS)) {
    const value = values[name];
    const path = option.split(".");
    // A flag that switches a part off does not switch the option on.
    const isOff = value === false && path.length > 1 && !options[path[0]!];
    if (value === undefined || isOff) continue;
    set(options, path, typeof value === "string" && read ? read(value, `--${name}`) : value);
  }
  if (options.captions) options.captions = { required: true, ...(options.captions as object) };
  return options as Options;
}

/** Returns a message of the library with the names of options replaced by flags. */
export function inFlags(message: string): string {
  return message.replace(/\boptions\.([a-zA-Z.]+)/g, (path, option: string) => {
    const found = Object.entries(OPTION_FLAGS).find(
      ([, flag]) => flag.option === option || option.startsWith(`${flag.option}.`),
    );
    return found ? `--${found[0]}` : path;
  });
}

/**
 * Bytes: a number, or one with KB, MB or GB, in thousands as chats, trackers and file managers count; KiB, MiB and GiB
 * are 1024-based.
 */
export function bytes(text: string, flag: string): number {
  const [, number, unit = "", binary] = /^(\d+(?:\.\d+)?)\s*(?:([kmg])(i)?)?b?$/i.exec(text.trim()) ?? [];
  if (number === undefined)
    throw usageError(`${flag}: expected a size such as 10MB or 500KB, found ${JSON.stringify(text)}`);
  return Math.floor(Number(number) * (binary ? 1024 : 1000) ** ["", "k", "m", "g"].indexOf(unit.toLowerCase()));
}

/** Milliseconds: a number with ms, s, m or h. A number without a unit is in milliseconds, as in the library. */
export function duration(text: string, flag: string): number {
  const [, number, unit = "ms"] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)?$/i.exec(text.trim()) ?? [];
  if (number === undefined) {
    throw usageError(`${flag}: expected a time such as 20s or 1500ms, found ${JSON.stringify(text)}`);
  }
  return Number(number) * { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 }[unit.toLowerCase()]!;
}

function set(target: Record<string, unknown>, [name, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    // `--captions` does not reset the details of `--caption-position`.
    if (value !== true || typeof target[name!] !== "object") target[name!] = value;
    return;
  }
  if (typeof target[name!] !== "object") target[name!] = {};
  set(target[name!] as Record<string, unknown>, rest, value);
}

function numeric(text: string): unknown {
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;
}

/** Whole numbers and ranges of them. */
function ranges(text: string, flag: string): unknown {
  return text.split(",").flatMap((part) => {
    const [, first, last = first] = /^\s*(\d{1,6})(?:-(\d{1,6}))?\s*$/.exec(part) ?? [];
    if (first === undefined || Number(last) < Number(first)) {
      throw usageError(`${flag}: expected steps such as 3,5-7, found ${JSON.stringify(part)}`);
    }
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => Number(first) + i);
  });
}

function limits(text: string, flag: string): unknown {
  return Object.fromEntries(
    text.split(",").map((pair) => {
      const [name = "", value] = pair.split("=");
      if (value === undefined)
        throw usageError(`${flag}: expected pairs such as frames=500, found ${JSON.stringify(pair)}`);
      return [name.trim(), bytes(value, flag)];
    }),
  );
}
