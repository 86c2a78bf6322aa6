/** Converts a text, number or boolean to text; "" for objects, whose `toString` a record could replace. */
export function asString(value: unknown): string {
  return typeof value === "object" || value === undefined ? "" : String(value);
}
