// Writes animations with everything that a GIF can have, for decoders to be compared on. Pixels are not compressed: the
// codes are the symbols, and the table is cleared before it would need wider ones.

const CLEAR = 256;
const END = 257;
const CODE_BITS = 9;
/** Codes between two clears, so that no entry needs a tenth bit. */
const STRETCH = 250;

/** Numbers that look random and are the same each time. */
export function randomFrom(seed) {
  let state = BigInt(seed) * 2n + 1n;
  return (below) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(below));
  };
}

/** An animation of `count` frames: sub-frames of any place, disposal, transparency and row order. */
export function randomGif(seed, { width = 40, height = 30, count = 7, mayLeave = false } = {}) {
  const random = randomFrom(seed);
  const table = Array.from({ length: 768 }, () => random(256));
  const frames = Array.from({ length: count }, (_, i) => {
    const isWhole = i === 0 || random(5) === 0;
    const left = isWhole ? 0 : random(width);
    const top = isWhole ? 0 : random(height);
    const room = mayLeave ? 9 : 0;
    const rows = isWhole ? height : 1 + random(height - top + room);
    return {
      left,
      top,
      width: isWhole ? width : 1 + random(width - left + room),
      height: rows,
      disposal: random(4),
      transparent: random(2) === 0 ? random(6) : undefined,
      // Firefox does not draw a single row that is interlaced.
      isInterlaced: rows > 1 && random(3) === 0,
      delayCs: 2 + random(9),
      colors: 6 + random(250),
    };
  });
  const blocks = frames.map((frame) => frameBlock(frame, random));
  const head = [...text("GIF89a"), ...u16(width), ...u16(height), 0xf7, 0, 0, ...table];
  return Uint8Array.from([...head, 0x21, 0xff, 11, ...text("NETSCAPE2.0"), 3, 1, 0, 0, 0, ...blocks.flat(), 0x3b]);
}

function frameBlock({ left, top, width, height, disposal, transparent, isInterlaced, delayCs, colors }, random) {
  const symbols = Array.from({ length: width * height }, () => random(colors));
  return [
    ...[0x21, 0xf9, 4, (disposal << 2) | (transparent === undefined ? 0 : 1), ...u16(delayCs), transparent ?? 0, 0],
    ...[0x2c, ...u16(left), ...u16(top), ...u16(width), ...u16(height), isInterlaced ? 0x40 : 0],
    8,
    ...subBlocks(packed(symbols)),
  ];
}

function packed(symbols) {
  const codes = [CLEAR];
  symbols.forEach((symbol, i) => {
    if (i > 0 && i % STRETCH === 0) codes.push(CLEAR);
    codes.push(symbol);
  });
  codes.push(END);
  const bytes = [];
  let [buffer, filled] = [0, 0];
  for (const code of codes) {
    buffer |= code << filled;
    filled += CODE_BITS;
    for (; filled >= 8; filled -= 8, buffer >>>= 8) bytes.push(buffer & 0xff);
  }
  if (filled > 0) bytes.push(buffer & 0xff);
  return bytes;
}

function subBlocks(bytes) {
  const blocks = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.slice(at, at + 255);
    blocks.push(block.length, ...block);
  }
  return [...blocks, 0];
}

const text = (string) => [...string].map((character) => character.charCodeAt(0));
const u16 = (number) => [number & 0xff, number >> 8];
