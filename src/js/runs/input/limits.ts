import { number } from "../../options/argument-checks.ts";
import { describeError, TaskGifError } from "../../task-gif-error.ts";
import type { RunsLimits } from "../read-options.ts";

const MIB = 2 ** 20;

/** What holds where the caller says nothing. */
export const DEFAULT_LIMITS: Required<RunsLimits> = {
  entries: 200_000,
  unpackedBytes: 8192 * MIB,
  ratio: 500,
  depth: 3,
  textBytes: 256 * MIB,
  imageBytes: 64 * MIB,
  jsonDepth: 512,
};

/** How many files, and levels of folders, beside a file are looked at for the pictures that it names. */
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
 * @throws `TaskGifError` `LIMIT_EXCEEDED` when `found` is more than the limit `name`. `what` says what was counted and
 * where, as in "files in trace.zip".
 */
export function withinLimit(found: number, name: keyof RunsLimits, limits: Required<RunsLimits>, what: string): void {
  if (found <= limits[name]) return;
  throw new TaskGifError(
    "LIMIT_EXCEEDED",
    `expected at most ${limits[name]} ${what}, found ${Math.round(found)} or more; raise limits.${name} if this is no attack`,
  );
}

/**
 * For what could not be read; an error of this package passes as it is.
 *
 * @throws `TaskGifError` `UNREADABLE`.
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
