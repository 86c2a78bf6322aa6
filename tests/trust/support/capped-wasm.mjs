// The wasm file with another most memory.

/** `bytes` with a memory that grows to at most `pages` of 64 KiB. */
export function withMostPages(bytes, pages) {
  let at = 8;
  while (at < bytes.length) {
    const id = bytes[at];
    const [size, start] = number(bytes, at + 1);
    if (id === 5) {
      const [least] = number(bytes, start + 2);
      const section = [1, 1, ...leb(least), ...leb(pages)];
      const head = [5, ...leb(section.length), ...section];
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(head), bytes.subarray(start + size)]);
    }
    at = start + size;
  }
  throw new Error("the wasm file has no memory of its own");
}

/** A LEB128 number, and where it ends. */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return [value, at];
  }
}

function leb(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}
