import { closestName } from "./closest-name.ts";

/**
 * Argument checks. Each takes the value and its path, as in `options.delay`, and throws a `TypeError` that says what
 * was expected and what was found.
 */

/** Formats a value for an error message; long values are cut off. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "object" && value !== null) return value.constructor?.name ?? "an object";
  return typeof value === "function" ? "a function" : String(value);
}

/** Throws the `TypeError` for a wrong value at `path`. */
export function reject(path: string, expected: string, found: unknown): never {
  throw new TypeError(`${path}: expected ${expected}, found ${show(found)}`);
}

/** A finite number from `least` to `most`. */
export function number(value: unknown, path: string, least: number, most: number): number {
  if (typeof value === "number" && value >= least && value <= most) return value;
  return reject(path, `a number from ${least} to ${most}`, value);
}

/** A whole number from `least` to `most`. */
export function integer(value: unknown, path: string, least: number, most: number): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
  return reject(path, `a whole number from ${least} to ${most}`, value);
}

/** True or false. */
export function boolean(value: unknown, path: string): boolean {
  return typeof value === "boolean" ? value : reject(path, "true or false", value);
}

/** One of a few words. */
export function oneOf<T extends string>(value: unknown, path: string, words: readonly T[]): T {
  if (words.includes(value as T)) return value as T;
  return reject(path, words.map((word) => JSON.stringify(word)).join(" or "), value);
}

/** A function. */
export function callable<T>(value: T, path: string): T {
  return typeof value === "function" ? value : reject(path, "a function", value);
}

/** An object whose names are all in `names` or `others`. Error messages list `names` only. */
export function record(
  value: unknown,
  path: string,
  names: readonly string[],
  others: readonly string[] = [],
): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) reject(path, "an object", value);
  for (const name of Object.keys(value as object)) {
    if (names.includes(name) || others.includes(name)) continue;
    const meant = closestName(name, [...names, ...others]);
    const remedy = meant ? `did you mean ${meant}?` : `expected one of ${names.join(", ")}`;
    throw new TypeError(`${path}.${name}: there is no such name; ${remedy}`);
  }
  return value as Record<string, unknown>;
}

/** Checks a value and reads it. `path` names it in errors, as in `options.delay`. */
export type Reader<T> = (value: unknown, path: string) => T;

/** One row of an option table: the default, the function that reads a given value, and whether wasm gets the result. */
export type OptionRow = readonly [fallback: unknown, read: Reader<unknown>, to?: "wasm"];

/** The type of the options that an option table reads. */
export type Resolved<Table extends Readonly<Record<string, OptionRow>>> = {
  -readonly [Name in keyof Table]: ReturnType<Table[Name][1]> | Widened<Table[Name][0]>;
};

type Widened<T> = T extends number ? number : T extends boolean ? boolean : T;

/** Reads `given` by the rows of a table. `pathOf` returns the path of a value for errors. */
export function readRows<Table extends Readonly<Record<string, OptionRow>>>(
  table: Table,
  given: Readonly<Record<string, unknown>>,
  pathOf: (name: string) => string,
): Resolved<Table> {
  const entries = Object.entries(table).map(([name, [fallback, read]]) => {
    return [name, given[name] === undefined ? fallback : read(given[name], pathOf(name))];
  });
  return Object.fromEntries(entries);
}

/** The same for an object at `path`, which may have no other names. */
export function readRecord<Table extends Readonly<Record<string, OptionRow>>>(
  table: Table,
  value: unknown,
  path: string,
): Resolved<Table> {
  return readRows(table, record(value, path, Object.keys(table)), (name) => `${path}.${name}`);
}

/** Returns a reader of a number in [`least`, `most`]. */
export const range =
  (check: typeof number, least: number, most: number): Reader<number> =>
  (value, path) =>
    check(value, path, least, most);

/** Returns a reader of one of these words. */
export const word =
  <T extends string>(...words: T[]): Reader<T> =>
  (value, path) =>
    oneOf(value, path, words);

/** A text that is not empty. */
export function someText(value: unknown, path: string): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  return reject(path, "a text that is not empty", value);
}

/** A non-empty array of step numbers. */
export function stepNumbers(value: unknown, path: string): ReadonlySet<number> {
  if (!Array.isArray(value) || value.length === 0) return reject(path, "an array of step numbers, as in [3, 4]", value);
  return new Set(value.map((number, i) => integer(number, `${path}[${i}]`, 0, Number.MAX_SAFE_INTEGER)));
}
