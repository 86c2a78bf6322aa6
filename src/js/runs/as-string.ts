/** A text, number or truth value as text, and "" for anything else: an object of a record may not convert to a text. */
export function asString(value: unknown): string {
  return typeof value === "object" || value === undefined ? "" : String(value);
}
