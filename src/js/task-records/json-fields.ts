/** Reads fields of records of other tools. A value of another type than expected counts as absent. */

/** Any JSON object. */
export type Json = { readonly [name: string]: unknown };

/** Returns the value if it is an object. */
export function asObject(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** Returns the objects in an array; other items, such as `null`, become empty objects, so that positions stay. */
export function asObjects(value: unknown): Json[] {
  return Array.isArray(value) ? value.map((item) => asObject(item) ?? {}) : [];
}

/** Returns the value if it is a text that is not blank. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** Returns the first of these fields that is a text. */
export function textOf(item: Json | undefined, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = asText(item?.[name]);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Returns the value if it is a finite number. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** Returns a whole number that is not negative, also from its text. */
export function asCount(given: unknown): number | undefined {
  const value = typeof given === "string" && /^\d+$/.test(given) ? Number(given) : given;
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}

/** Returns the object without the names whose value is `undefined`. */
export function withoutUndefined<T extends object>(facts: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as never;
}

/** Terminal colors and other control sequences. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the expression searches for them
const CONTROL = /\u001b\[[0-9;?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f]/g;
const LONGEST_LINE = 300;

/** Returns a message as one line of at most 300 characters, without colors. */
export function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST_LINE)
    .replace(CONTROL, "")
    .replace(/\s+/g, " ")
    .trim();
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1)}…` : line;
}
