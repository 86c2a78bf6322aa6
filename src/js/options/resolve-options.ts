import type { WasmOptionName } from "../assembly/wasm-options.ts";
import type { Limits, Options } from "../types.ts";
import type { WasmOptions } from "../wasm-types.ts";
import { ALIAS_NAMES, type OptionAliases, rename } from "./aliases.ts";
import {
  type Captions,
  type ClickMarkers,
  captions,
  clickMarkers,
  color,
  someText,
  stepNumbers,
} from "./annotation-options.ts";
import { boolean, callable, integer, number, oneOf, record, reject } from "./validate.ts";

/** What the GIF format can have. */
export const MOST_PX = 65535;
/** A day: the longest time anything is asked to stay. */
const MOST_MS = 86_400_000;
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

/** Options with every default in place and every value checked. */
export type ResolvedOptions = Omit<Pick<WasmOptions, WasmOptionName>, "limits"> & {
  limits: Required<Limits>;
  width: number | undefined;
  height: number | undefined;
  scale: number;
  title: string | undefined;
  captions: Captions | undefined;
  stepNumbers: boolean;
  progressBar: boolean;
  clickMarkers: ClickMarkers | undefined;
  /** A picture of any kind that `toBlob` takes. */
  logo: unknown;
  /** Numbers of the steps that are shown; `undefined` for all. */
  steps: ReadonlySet<number> | undefined;
  onlyFailed: boolean;
  skipBlank: boolean;
  onBadFrame: "error" | "skip";
  maxBytes: number | undefined;
  workers: number | undefined;
  signal: AbortSignal | undefined;
  onProgress: Options["onProgress"];
};

type Check = (value: unknown, path: string) => unknown;

const within =
  (check: typeof number, least: number, most: number): Check =>
  (value, path) =>
    check(value, path, least, most);
const word =
  (...words: string[]): Check =>
  (value, path) =>
    oneOf(value, path, words);
const side = within(integer, 1, MOST_PX);

/** Every option with its default and its check. */
const OPTIONS: { [Name in keyof Required<Options>]: [fallback: unknown, check: Check] } = {
  delay: ["readable", delay],
  repeat: [0, repeat],
  width: [undefined, side],
  height: [undefined, side],
  scale: [1, within(number, 0.01, 16)],
  background: [0, color],
  fit: ["contain", word("contain", "none")],
  effort: ["balanced", word("fast", "balanced", "smallest")],
  lossy: [undefined, (value, path) => Math.round(number(value, path, 0, 100))],
  maxColors: [256, within(integer, 2, 256)],
  dither: ["auto", word("auto", "none")],
  colors: ["auto", word("auto", "rich")],
  title: [undefined, someText],
  captions: [undefined, captions],
  stepNumbers: [false, boolean],
  progressBar: [false, boolean],
  clickMarkers: [undefined, clickMarkers],
  logo: [undefined, picture],
  embedSteps: [false, boolean],
  steps: [undefined, stepNumbers],
  onlyFailed: [false, boolean],
  keepDuplicates: [false, boolean],
  skipBlank: [true, boolean],
  compat: [false, boolean],
  onBadFrame: ["error", word("error", "skip")],
  minFrames: [2, within(integer, 1, 1_000_000)],
  maxBytes: [undefined, within(integer, 1, Number.MAX_SAFE_INTEGER)],
  workers: [undefined, within(integer, 1, MOST_WORKERS)],
  limits: [LIMITS, resolveLimits],
  signal: [undefined, signal],
  onProgress: [undefined, callable],
};

/** Checks the options, by whatever name they are known, and fills in the defaults. */
export function resolveOptions(options: Options & OptionAliases = {}): ResolvedOptions {
  const named = record(options, "options", Object.keys(OPTIONS), ALIAS_NAMES);
  const { options: given, paths } = rename(named);
  const resolved: Record<string, unknown> = {};
  for (const [name, [fallback, check]] of Object.entries(OPTIONS)) {
    const value = given[name];
    resolved[name] = value === undefined ? fallback : check(value, `options.${paths[name] ?? name}`);
  }
  // Whoever asks for certain steps wants those, even if it is one.
  if (given.minFrames === undefined && (given.steps !== undefined || given.onlyFailed === true)) resolved.minFrames = 1;
  const { width, height, scale, fit } = resolved as ResolvedOptions;
  if (scale !== 1 && (width !== undefined || height !== undefined)) {
    reject("options.scale", "nothing beside width or height", scale);
  }
  if (scale !== 1 && fit === "none") reject("options.scale", 'nothing beside fit: "none", which never scales', scale);
  return resolved as ResolvedOptions;
}

function resolveLimits(limits: unknown, path: string): Required<Limits> {
  const given = record(limits, path, Object.keys(LIMITS));
  const resolved = { ...LIMITS };
  for (const name of Object.keys(LIMITS) as (keyof Limits)[]) {
    const value = given[name];
    if (value !== undefined) resolved[name] = integer(value, `${path}.${name}`, 1, Number.MAX_SAFE_INTEGER);
  }
  return resolved;
}

function delay(value: unknown, path: string): "readable" | number {
  if (value === "readable") return value;
  if (typeof value === "number") return number(value, path, 0, MOST_MS);
  return reject(path, '"readable" or milliseconds', value);
}

/** As wasm counts plays: 0 is for ever. */
function repeat(value: unknown, path: string): number {
  if (value === "infinite") return 0;
  if (typeof value === "number") return integer(value, path, 1, 65535);
  return reject(path, '"infinite" or a number of plays', value);
}

/** Any picture; whether it can be read shows when it is. */
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
