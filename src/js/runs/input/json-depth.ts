const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Returns the nesting depth of a JSON text without parsing it, at most `most` + 1. Readers of records use recursion, so the depth is
 * limited before.
 */
export function jsonDepth(text: string, most: number): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      i = endOfString(text, i);
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > deepest) deepest = depth;
      if (deepest > most) return deepest;
    } else if (code === 0x7d || code === 0x5d) {
      depth--;
    }
  }
  return deepest;
}

/** Position of the quote that ends the string whose first quote is at `start`. */
function endOfString(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end;
  }
}

/** Returns the nesting depth of a parsed value, at most `most` + 1, so that cycles end. */
export function valueDepth(value: unknown, most: number): number {
  let level = [value].filter(isNested);
  let depth = 0;
  while (level.length > 0 && depth <= most) {
    depth++;
    level = level.flatMap((item) => Object.values(item).filter(isNested));
  }
  return depth;
}

const isNested = (value: unknown): value is object =>
  Array.isArray(value) || Object.prototype.toString.call(value) === "[object Object]";
