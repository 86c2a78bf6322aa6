/**
 * Argument checks. Each takes the value and its path, as in `options.delay`, and throws a `TypeError` that says what
 * was expected and what was found.
 */

/** The value in an error message: short, and never the whole of a large one. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "object" && value !== null) return value.constructor?.name ?? "an object";
  return typeof value === "function" ? "a function" : String(value);
}

/** Throws for `path`. */
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

/** An object with no other names than `names`, and `others` which are not told of. */
export function record(
  value: unknown,
  path: string,
  names: readonly string[],
  others: readonly string[] = [],
): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) reject(path, "an object", value);
  for (const name of Object.keys(value as object)) {
    if (names.includes(name) || others.includes(name)) continue;
    throw new TypeError(`${path}.${name}: there is no such name; expected one of ${names.join(", ")}`);
  }
  return value as Record<string, unknown>;
}
