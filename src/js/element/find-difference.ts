/** Maximum depth of the comparison. Options and lists of screenshots are less deep; a cycle would have no end. */
const MOST_LEVELS = 8;

/**
 * Returns the path at which two values differ, such as `[2].caption`; empty if the values themselves differ,
 * `undefined` if they are equal. Arrays, plain objects and `URL`s are compared by content, other values, such as blobs
 * and functions, by identity.
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

/** Copies arrays and plain objects, so that later changes to them can be found. Other values are shared. */
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
