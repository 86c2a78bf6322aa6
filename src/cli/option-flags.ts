import { pathToFileURL } from "node:url";
import type { Options } from "../js/types.ts";
import { usage } from "./errors.ts";

/** One flag: the option it sets, how its text is read, and what the help says. Without `value` it is on or off. */
export type Flag = {
  /** The option by its path, as in `captions.position`. */
  option: string;
  /** What stands for its value in the help. */
  value?: string;
  /** Text to value; default: the text itself. Unreadable text is handed on, so that the library says what it expects. */
  read?: (text: string, flag: string) => unknown;
  help: string;
};

/** Every option of the library that can be said on a command line. A new option is one line here. */
export const FLAGS = {
  delay: { option: "delay", value: "MS", read: numeric, help: "time of each frame, or readable (the default)" },
  repeat: { option: "repeat", value: "N", read: numeric, help: "number of plays, or infinite (the default)" },
  width: { option: "width", value: "PX", read: numeric, help: "width of the GIF; default: the largest screenshot" },
  height: { option: "height", value: "PX", read: numeric, help: "height of the GIF" },
  scale: { option: "scale", value: "FACTOR", read: numeric, help: "size as a factor, as in 0.5" },
  background: { option: "background", value: "COLOR", help: "color beside smaller screenshots, as in #fff" },
  fit: { option: "fit", value: "HOW", help: "contain (the default) or none" },
  "max-bytes": { option: "maxBytes", value: "SIZE", read: bytes, help: "most bytes, as in 10MB: it is made to fit" },
  effort: { option: "effort", value: "HOW", help: "fast, balanced (the default) or smallest" },
  lossy: { option: "lossy", value: "0-100", read: numeric, help: "loss in exchange for bytes" },
  "max-colors": { option: "maxColors", value: "2-256", read: numeric, help: "colors of a palette" },
  dither: { option: "dither", value: "HOW", help: "auto (the default) or none" },
  colors: { option: "colors", value: "HOW", help: "auto (the default) or rich" },
  title: { option: "title", value: "TEXT", help: "a card in front that says what the task is" },
  captions: { option: "captions", help: "each step says what it is about" },
  "caption-position": { option: "captions.position", value: "HOW", help: "below the page (the default) or over it" },
  "caption-theme": { option: "captions.theme", value: "HOW", help: "light, dark or auto (the default)" },
  "caption-font": { option: "captions.fontFamily", value: "NAMES", help: "fonts of captions, as in CSS" },
  "caption-lines": { option: "captions.maxLines", value: "N", read: numeric, help: "most lines; default 2" },
  "captions-required": { option: "captions.required", help: "fail where captions cannot be drawn" },
  "step-numbers": { option: "stepNumbers", help: "each step shows its number" },
  "progress-bar": { option: "progressBar", help: "a bar at the bottom shows how far it has come" },
  "click-markers": { option: "clickMarkers", help: "clicks and drags are marked" },
  logo: { option: "logo", value: "FILE", read: (path) => pathToFileURL(path), help: "a picture on every step" },
  "embed-steps": { option: "embedSteps", help: "put the list of steps into the GIF" },
  steps: { option: "steps", value: "N,N-N", read: ranges, help: "only these steps, as in 3,5-7" },
  "only-failed": { option: "onlyFailed", help: "only steps that failed" },
  "keep-duplicates": { option: "keepDuplicates", help: "identical neighbors stay separate frames" },
  "skip-blank": { option: "skipBlank", help: "blank screenshots are left out (the default)" },
  compat: { option: "compat", help: "avoid what old viewers get wrong" },
  "on-bad-frame": { option: "onBadFrame", value: "HOW", help: "error (the default) or skip" },
  "min-frames": {
    option: "minFrames",
    value: "N",
    read: numeric,
    help: "fewest screenshots that make a GIF; default 2",
  },
  workers: { option: "workers", value: "N", read: numeric, help: "worker threads; the result does not depend on it" },
  limits: {
    option: "limits",
    value: "NAME=N,...",
    read: limits,
    help: "upper bounds, as in inputBytes=10MB,frames=500",
  },
} as const satisfies Record<string, Flag>;

/** Options that only programs can give. */
type ForPrograms = "signal" | "onProgress";
type Said = (typeof FLAGS)[keyof typeof FLAGS]["option"];
type Name<Path extends string> = Path extends `${infer First}.${string}` ? First : Path;
/** Does not compile when an option of the library has no flag: its name is in the error. */
type AllSaid = [Exclude<keyof Options, ForPrograms | Name<Said>>] extends [never] ? typeof FLAGS : never;

/** The flags by name, in the order of the help. */
export const OPTION_FLAGS: Readonly<Record<string, Flag>> = FLAGS satisfies AllSaid;

/** The options that the values of a command line ask for. */
export function optionsFrom(values: Readonly<Record<string, unknown>>): Options {
  const options: Record<string, unknown> = {};
  for (const [name, flag] of Object.entries(OPTION_FLAGS)) {
    const value = values[name];
    if (value === undefined) continue;
    set(
      options,
      flag.option.split("."),
      typeof value === "string" && flag.read ? flag.read(value, `--${name}`) : value,
    );
  }
  return options as Options;
}

/** A message of the library, with flags where it names options. */
export function inFlags(message: string): string {
  return message.replace(/\boptions\.([a-zA-Z.]+)/g, (path, option: string) => {
    const found = Object.entries(OPTION_FLAGS).find(
      ([, flag]) => flag.option === option || option.startsWith(`${flag.option}.`),
    );
    return found ? `--${found[0]}` : path;
  });
}

/** Bytes: a number, or one with KB, MB or GB, which are 1024-based here. */
export function bytes(text: string, flag: string): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)\s*(?:([kmg])i?)?b?$/i.exec(text.trim()) ?? [];
  if (number === undefined)
    throw usage(`${flag}: expected a size such as 10MB or 500KB, found ${JSON.stringify(text)}`);
  return Math.floor(Number(number) * 1024 ** ["", "k", "m", "g"].indexOf(unit.toLowerCase()));
}

function set(target: Record<string, unknown>, [name, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    // `--captions` beside `--caption-position`: what is said in detail says more.
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
      throw usage(`${flag}: expected steps such as 3,5-7, found ${JSON.stringify(part)}`);
    }
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => Number(first) + i);
  });
}

function limits(text: string, flag: string): unknown {
  return Object.fromEntries(
    text.split(",").map((pair) => {
      const [name = "", value] = pair.split("=");
      if (value === undefined) throw usage(`${flag}: expected pairs such as frames=500, found ${JSON.stringify(pair)}`);
      return [name.trim(), bytes(value, flag)];
    }),
  );
}
