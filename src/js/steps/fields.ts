/** Reads fields of records that somebody else wrote: whatever is not as expected is as if it were not there. */

/** Any JSON object. */
export type Json = { readonly [name: string]: unknown };

/** The value as an object. */
export function asObject(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

/** The objects in an array. */
export function asObjects(value: unknown): Json[] {
  return Array.isArray(value) ? value.map((item) => asObject(item) ?? {}) : [];
}

/** A text that says something. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** A finite number. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A moment in ms: ISO 8601, where a missing zone is UTC as the API has it, or seconds since 1970. */
export function asMoment(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value * 1000 : undefined;
  const text = asText(value);
  if (text === undefined) return undefined;
  const hasZone = /(?:z|[+-]\d\d:?\d\d)$/i.test(text);
  const ms = Date.parse(hasZone || !text.includes("T") ? text : `${text}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** The same without the names whose value is undefined. */
export function known<T extends object>(facts: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as never;
}

/** Moments for every step, or for none: some alone would put the steps in a wrong order. */
export function allTimed<T extends { timestampMs?: number }>(steps: readonly T[]): T[] {
  if (steps.every(({ timestampMs }) => timestampMs !== undefined)) return [...steps];
  return steps.map(({ timestampMs: _, ...step }) => step as T);
}
