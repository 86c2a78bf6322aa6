import { number } from "../../options/argument-checks.ts";
import { describeError, TaskGifError } from "../../task-gif-error.ts";
import type { RunsLimits } from "../read-options.ts";

const MIB = 2 ** 20;

/** The default limits. */
export const DEFAULT_LIMITS: Required<RunsLimits> = {
  entries: 200_000,
  unpackedBytes: 8192 * MIB,
  ratio: 500,
  depth: 3,
  textBytes: 256 * MIB,
  imageBytes: 64 * MIB,
  jsonDepth: 512,
};

/** Maximum number of files, and of levels of folders, that are searched for the pictures that a file names. */
export const BESIDE_LIMITS = { files: 5000, levels: 4 };

/** Checks the caller's limits; `undefined` leaves a default. */
export function resolveLimits(limits: RunsLimits, path: string): Required<RunsLimits> {
  const resolved = { ...DEFAULT_LIMITS };
  for (const name of Object.keys(DEFAULT_LIMITS) as (keyof RunsLimits)[]) {
    const value = limits[name];
    if (value !== undefined) resolved[name] = number(value, `${path}.${name}`, 0, Number.MAX_SAFE_INTEGER);
  }
  return resolved;
}

/**
 * Checks a limit. `what` names the counted things and their place, as in "files in trace.zip".
 *
 * @throws `TaskGifError` `LIMIT_EXCEEDED` if `found` is more than the limit `name`.
 */
export function withinLimit(found: number, name: keyof RunsLimits, limits: Required<RunsLimits>, what: string): void {
  if (found <= limits[name]) return;
  throw new TaskGifError(
    "LIMIT_EXCEEDED",
    `expected at most ${limits[name]} ${what}, found ${Math.round(found)} or more; raise limits.${name} if this is no attack`,
  );
}

/**
 * Reports a file that could not be read.
 *
 * @throws `TaskGifError` `UNREADABLE`, or `error` itself if it is a `TaskGifError`.
 */
export function unreadable(path: string, error: unknown): never {
  if (error instanceof TaskGifError) throw error;
  throw new TaskGifError(
    "UNREADABLE",
    `cannot read ${path}: ${describeError(error)}; it may have been cut off, so copy or download it again`,
    undefined,
    error,
  );
}
