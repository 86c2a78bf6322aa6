/** Reads fields of records that somebody else wrote: whatever is not as expected is as if it were not there. */

/** Any JSON object. */
export type Json = { readonly [name: string]: unknown };

/** The value as an object. */
export function asObject(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** The objects in an array; what is none, such as `null`, keeps its place as an empty one. */
export function asObjects(value: unknown): Json[] {
  return Array.isArray(value) ? value.map((item) => asObject(item) ?? {}) : [];
}

/** A text that says something. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** The first of these fields that is a text. */
export function textOf(item: Json | undefined, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = asText(item?.[name]);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A finite number. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A whole number from 0 on, as steps are counted with, or its text. */
export function asCount(given: unknown): number | undefined {
  const value = typeof given === "string" && /^\d+$/.test(given) ? Number(given) : given;
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}

/** The same without the names whose value is undefined. */
export function withoutUndefined<T extends object>(facts: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as never;
}

/** Terminal colors and other control sequences. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /\u001b\[[0-9;?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f]/g;
const LONGEST_LINE = 300;

/** A message of a record as one line of at most 300 characters, without colors. */
export function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST_LINE)
    .replace(CONTROL, "")
    .replace(/\s+/g, " ")
    .trim();
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1)}…` : line;
}
