import type { Limits, Options } from "../types.ts";
import { captions, clickMarkers, color, someText, stepNumbers } from "./annotation-options.ts";
import { boolean, callable, integer, number, oneOf, record, reject } from "./validate.ts";

/**
 * The option table: for each option the value that it has when the caller gives none, the function that checks and reads
 * a given one, and whether wasm is told the result under the same name. `option-guide.ts` has the columns that a page
 * does not need, help texts and flags; resolved options, wasm options, flags, the server's choices and the reference
 * derive from the two.
 */

/** Checks a value and reads it. `path` names it in errors, as in `options.delay`. */
type Reader<T> = (value: unknown, path: string) => T;

/** Longest side that the GIF format can have. */
export const MOST_PX = 65535;
/** Times in milliseconds that may be asked for: from the shortest that browsers play as written to a day. */
const LEAST_MS = 20;
const MOST_MS = 86_400_000;
/** Below this many milliseconds, a number that is out of range was probably meant as seconds. */
const PROBABLY_SECONDS = 10;
const MOST_WORKERS = 32;
/** Defaults as in the crate, here so that what they bound is refused before any work. */
const LIMITS: Required<Limits> = {
  inputBytes: 64_000_000,
  framePixels: 33_000_000,
  sidePx: 16384,
  frames: 2000,
  totalPixels: 2_000_000_000,
  outputBytes: 256_000_000,
};

const range =
  (check: typeof number, least: number, most: number): Reader<number> =>
  (value, path) =>
    check(value, path, least, most);
const word =
  <T extends string>(...words: T[]): Reader<T> =>
  (value, path) =>
    oneOf(value, path, words);
const side = range(integer, 1, MOST_PX);

/** Every option. */
export const OPTIONS = {
  delay: ["readable", delay, "wasm"],
  repeat: [0, repeat, "wasm"],
  width: [undefined, side],
  height: [undefined, side],
  scale: [1, range(number, 0.01, 16)],
  background: [0xffffff, color, "wasm"],
  fit: ["contain", word("contain", "none"), "wasm"],
  effort: ["balanced", word("fast", "balanced", "smallest"), "wasm"],
  lossy: [undefined, lossy, "wasm"],
  maxColors: [256, range(integer, 2, 256), "wasm"],
  dither: ["auto", word("auto", "none"), "wasm"],
  colors: ["auto", word("auto", "rich"), "wasm"],
  title: [undefined, someText],
  captions: [undefined, captions],
  stepNumbers: [false, boolean],
  progressBar: [false, boolean],
  clickMarkers: [undefined, clickMarkers],
  logo: [undefined, picture],
  embedSteps: [false, boolean, "wasm"],
  steps: [undefined, stepNumbers],
  onlyFailed: [false, boolean],
  keepDuplicates: [false, boolean, "wasm"],
  skipBlank: [true, boolean],
  compat: [false, boolean, "wasm"],
  onBadFrame: ["error", word("error", "skip")],
  minFrames: [2, range(integer, 1, 1_000_000), "wasm"],
  maxBytes: [undefined, range(integer, 1, Number.MAX_SAFE_INTEGER)],
  workers: [undefined, range(integer, 1, MOST_WORKERS)],
  limits: [LIMITS, limits, "wasm"],
  signal: [undefined, signal],
  onProgress: [undefined, onProgress],
} as const satisfies {
  [Name in keyof Required<Options>]: readonly [fallback: unknown, read: Reader<unknown>, to?: "wasm"];
};

type Table = typeof OPTIONS;

/** Name of an option. */
export type OptionName = keyof Table;

/** Options with every default in place and every value read. */
export type ResolvedOptions = {
  [Name in OptionName]: ReturnType<Table[Name][1]> | Widened<Table[Name][0]>;
};

/** Name of an option that wasm is told as it is. */
export type WasmOptionName = {
  [Name in OptionName]: Table[Name] extends readonly [unknown, unknown, "wasm"] ? Name : never;
}[OptionName];

type Widened<T> = T extends number ? number : T extends boolean ? boolean : T;

/** The options that wasm is told as they are. */
export function wasmOptionsOf(options: ResolvedOptions): Pick<ResolvedOptions, WasmOptionName> {
  const rows = Object.entries(OPTIONS).filter(([, [, , to]]) => to);
  return Object.fromEntries(rows.map(([name]) => [name, options[name as OptionName]])) as ResolvedOptions;
}

/** A time in milliseconds for one frame. */
export function frameMs(value: unknown, path: string): number {
  const ms = value as number;
  const isTooSmall = ms >= 0 && ms < LEAST_MS;
  if (isTooSmall) {
    const meant = ms > 0 && ms < PROBABLY_SECONDS ? `; did you mean ${Math.round(ms * 1000)}?` : "";
    throw new TypeError(`${path}: expected milliseconds, at least ${LEAST_MS}, found ${ms}${meant}`);
  }
  return number(value, path, LEAST_MS, MOST_MS);
}

function delay(value: unknown, path: string): "readable" | number {
  if (value === "readable") return value;
  return typeof value === "number" ? frameMs(value, path) : reject(path, '"readable" or milliseconds', value);
}

/** As wasm counts plays: 0 is for ever. */
function repeat(value: unknown, path: string): number {
  if (value === "infinite") return 0;
  if (typeof value === "number") return integer(value, path, 1, 65535);
  return reject(path, '"infinite" or a number of plays', value);
}

function lossy(value: unknown, path: string): number {
  return Math.round(number(value, path, 0, 100));
}

function limits(value: unknown, path: string): Required<Limits> {
  const given = record(value, path, Object.keys(LIMITS));
  const resolved = { ...LIMITS };
  for (const name of Object.keys(LIMITS) as (keyof Limits)[]) {
    const limit = given[name];
    if (limit !== undefined) resolved[name] = integer(limit, `${path}.${name}`, 1, Number.MAX_SAFE_INTEGER);
  }
  return resolved;
}

/** Any picture; whether it can be decoded shows when it is. */
function picture(value: unknown, path: string): unknown {
  const isPicture = (typeof value === "object" && value !== null) || (typeof value === "string" && value !== "");
  return isPicture ? value : reject(path, "a Blob, bytes, a URL, an image or a canvas", value);
}

function signal(value: unknown, path: string): AbortSignal {
  // By shape, since a signal may come from another window.
  const given = value as Partial<AbortSignal> | null;
  if (typeof given?.aborted === "boolean" && typeof given.addEventListener === "function") return value as AbortSignal;
  return reject(path, "an AbortSignal", value);
}

function onProgress(value: unknown, path: string): Options["onProgress"] {
  return callable(value as Options["onProgress"], path);
}
