// The images of a GIF as the file has them: places, color tables and indices, before anything is drawn over anything.

const TRAILER = 0x3b;
const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;

/** Reads a sound GIF; returns `[{ left, top, width, height, palette, transparent, indices }]`, colors as 0xRRGGBB. */
export function imagesOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const images = [];
  const table = (at, flags) =>
    Array.from(
      { length: flags & 0x80 ? 2 << (flags & 7) : 0 },
      (_, index) => view.getUint32(at + index * 3 - 1) & 0xffffff,
    );
  const globalTable = table(13, bytes[10]);
  let at = 13 + globalTable.length * 3;
  let transparent;
  while (bytes[at] !== TRAILER) {
    if (bytes[at] === EXTENSION) {
      if (bytes[at + 1] === GRAPHIC_CONTROL) transparent = bytes[at + 3] & 1 ? bytes[at + 6] : undefined;
      at = blocks(bytes, at + 2).end;
      continue;
    }
    const [left, top, width, height] = [1, 3, 5, 7].map((offset) => view.getUint16(at + offset, true));
    const local = table(at + 10, bytes[at + 9]);
    const start = at + 10 + local.length * 3;
    const { data, end } = blocks(bytes, start + 1);
    const indices = decompress(data, bytes[start], width * height);
    images.push({ left, top, width, height, palette: local.length > 0 ? local : globalTable, transparent, indices });
    at = end;
  }
  return images;
}

function blocks(bytes, start) {
  const parts = [];
  let at = start;
  for (; bytes[at] !== 0; at += bytes[at] + 1) parts.push(bytes.subarray(at + 1, at + 1 + bytes[at]));
  return { data: Buffer.concat(parts), end: at + 1 };
}

// LZW with codes of growing width, first bit lowest, as in appendix F of the GIF89a specification.
function decompress(data, codeSize, length) {
  const clear = 1 << codeSize;
  const out = [];
  let phrases = [];
  let width = 0;
  let before;
  const reset = () => {
    phrases = Array.from({ length: clear + 2 }, (_, index) => [index]);
    width = codeSize + 1;
    before = undefined;
  };
  reset();
  for (let bit = 0; out.length < length; ) {
    let code = 0;
    for (let at = 0; at < width; at++, bit++) code |= ((data[bit >> 3] >> (bit & 7)) & 1) << at;
    if (code === clear) {
      reset();
      continue;
    }
    const phrase = phrases[code] ?? [...before, before[0]];
    out.push(...phrase);
    if (before && phrases.length < 4096) phrases.push([...before, phrase[0]]);
    if (phrases.length === 1 << width && width < 12) width += 1;
    before = phrase;
  }
  return out;
}
