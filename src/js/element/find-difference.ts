/** How deep content is compared. Options and lists of screenshots are not as deep; a cycle would be without end. */
const MOST_LEVELS = 8;

/**
 * Where the content of two values differs, such as `[2].caption`; empty for the values themselves, `undefined` where it
 * is equal. Arrays, plain objects and `URL`s are equal by what they hold, anything else, such as a blob or a function, by
 * identity.
 */
export function findDifference(a: unknown, b: unknown, levels = MOST_LEVELS): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (a instanceof URL && b instanceof URL) return a.href === b.href ? undefined : "";
  if (levels === 0 || !isContainer(a) || !isContainer(b) || Array.isArray(a) !== Array.isArray(b)) return "";
  const isList = Array.isArray(a);
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = findDifference(a[key], b[key], levels - 1);
    if (found !== undefined) return `${isList ? `[${key}]` : `.${key}`}${found}`;
  }
  return undefined;
}

/** A copy of arrays and plain objects, so that changes to them can be found later. All else is shared. */
export function copyContent<Value>(value: Value, levels = MOST_LEVELS): Value {
  if (levels === 0 || !isContainer(value)) return value;
  const copy = (item: unknown) => copyContent(item, levels - 1);
  if (Array.isArray(value)) return value.map(copy) as Value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)])) as Value;
}

function isContainer(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
