import type { Limits, Options } from "../public-types.ts";
import { captions, clickMarkers } from "./annotation-options.ts";
import {
  boolean,
  callable,
  integer,
  number,
  type OptionRow,
  type Reader,
  type Resolved,
  range,
  readRecord,
  reject,
  someText,
  stepNumbers,
  word,
} from "./argument-checks.ts";
import { color } from "./parse-color.ts";

/**
 * The option table: for each option its default, the function that checks and reads a value, and whether wasm gets the result under the
 * same name. `option-guide.ts` has the columns that a page does not need, such as help texts and flags. Resolved options, wasm
 * options, flags, the server's options and the reference are derived from both.
 */

/** Largest width and height of a GIF in pixels: the format stores 16 bits. */
export const MOST_PX = 65535;
/** Range of times in milliseconds: from the shortest that browsers play as written to one day. */
const LEAST_MS = 20;
const MOST_MS = 86_400_000;
/** Below this many milliseconds, a number that is out of range was probably meant as seconds. */
const PROBABLY_SECONDS = 10;
/** Range of `maxDuration` in milliseconds. A shorter GIF is of no use; the largest value is the largest sum of delays. */
const LEAST_DURATION_MS = 1000;
const MOST_DURATION_MS = 4_000_000_000;
const MOST_WORKERS = 32;
/** A count, such as of bytes. */
const count = range(integer, 1, Number.MAX_SAFE_INTEGER);
const side = range(integer, 1, MOST_PX);

/** The parts of `limits`, with the defaults of the crate. They are checked here too, before any work begins. */
export const LIMITS = {
  inputBytes: [64_000_000, count],
  framePixels: [33_000_000, count],
  sidePx: [16384, count],
  frames: [2000, count],
  totalPixels: [2_000_000_000, count],
  outputBytes: [256_000_000, count],
} as const satisfies Record<keyof Limits, OptionRow>;

const limits = (value: unknown, path: string) => readRecord(LIMITS, value, path);

/** Every option. */
export const OPTIONS = {
  delay: ["readable", delay, "wasm"],
  maxDuration: [undefined, maxDuration, "wasm"],
  speed: [1, range(number, 0.1, 16), "wasm"],
  repeat: [0, repeat, "wasm"],
  width: [undefined, side],
  height: [undefined, side],
  scale: [1, range(number, 0.01, 16)],
  camera: ["whole", word("whole", "follow"), "wasm"],
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
  maxBytes: [undefined, count],
  workers: [undefined, range(integer, 1, MOST_WORKERS)],
  limits: [limits({}, ""), limits, "wasm"],
  signal: [undefined, signal],
  onProgress: [undefined, callable as Reader<NonNullable<Options["onProgress"]>>],
} as const satisfies Record<keyof Options, OptionRow>;

type Table = typeof OPTIONS;

/** Name of an option. */
export type OptionName = keyof Table;

/** Options with every default in place and every value read. */
export type ResolvedOptions = Resolved<Table>;

/** Name of an option that wasm gets unchanged. */
export type WasmOptionName = {
  [Name in OptionName]: Table[Name] extends readonly [unknown, unknown, "wasm"] ? Name : never;
}[OptionName];

/** A time in milliseconds for one frame. */
export function frameMs(value: unknown, path: string): number {
  const ms = number(value, path, 0, MOST_MS);
  if (ms >= LEAST_MS) return ms;
  const meant = ms > 0 && ms < PROBABLY_SECONDS ? `; did you mean ${Math.round(ms * 1000)}?` : "";
  throw new TypeError(`${path}: expected milliseconds, at least ${LEAST_MS}, found ${ms}${meant}`);
}

function delay(value: unknown, path: string): "readable" | number {
  if (value === "readable") return value;
  return typeof value === "number" ? frameMs(value, path) : reject(path, '"readable" or milliseconds', value);
}

/** Maximum length of one play in milliseconds. */
function maxDuration(value: unknown, path: string): number {
  const ms = number(value, path, 0, MOST_DURATION_MS);
  if (ms >= LEAST_DURATION_MS) return ms;
  const meant = ms > 0 ? `; did you mean ${Math.round(ms * 1000)}?` : "";
  throw new TypeError(`${path}: expected milliseconds, at least ${LEAST_DURATION_MS}, found ${ms}${meant}`);
}

/** Number of plays as wasm expects it: 0 is infinite. */
function repeat(value: unknown, path: string): number {
  if (value === "infinite") return 0;
  if (typeof value === "number") return integer(value, path, 1, 65535);
  return reject(path, '"infinite" or a number of plays', value);
}

function lossy(value: unknown, path: string): number {
  return Math.round(number(value, path, 0, 100));
}

/** A picture of any kind. Whether it can be decoded is checked later. */
function picture(value: unknown, path: string): unknown {
  const isPicture = (typeof value === "object" && value !== null) || (typeof value === "string" && value !== "");
  return isPicture ? value : reject(path, "a Blob, bytes, a URL, an image or a canvas", value);
}

function signal(value: unknown, path: string): AbortSignal {
  // Checked by its members, since a signal may come from another window.
  const given = value as Partial<AbortSignal> | null;
  if (typeof given?.aborted === "boolean" && typeof given.addEventListener === "function") return value as AbortSignal;
  return reject(path, "an AbortSignal", value);
}
