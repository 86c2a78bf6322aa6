import type { NameReading } from "./name-reading.ts";

/** A time of day with an offset from UTC of four digits: `T10-00-00-0500`. */
const OFFSET = /((?:\d\d[-:._]?){2}\d\d(?:[.,]\d+)?)([+-])(0\d|1[0-4])(00|30|45)(?!\d)/;

/**
 * Rewrites offsets of four digits west of UTC as `-05:00`: after a time, `-0500` may be a counter. It is none beside an
 * offset that begins with a plus sign.
 */
export function zoneOffsets(names: readonly string[]): NameReading {
  const offsets = names.map((name) => OFFSET.exec(name)).map((match) => match && match[2]! + match[3]! + match[4]!);
  const distinct = new Set(offsets);
  if (distinct.has(null) || distinct.size < 2) return { names: [...names] };
  const read = names.map((name) => name.replace(OFFSET, "$1$2$3:$4"));
  const areOffsets = offsets.some((offset) => offset!.startsWith("+"));
  return areOffsets ? { names: read } : { names: [...names], others: [read] };
}
