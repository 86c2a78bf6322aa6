/**
 * Detects PNG files of a single color, such as those of an empty tab, and placeholders of a few pixels. Loaded only for pages at
 * `about:blank` and for tiny pictures. The real decoder is not used, since it is in a worker that may not have started.
 *
 * Rows are not unfiltered: for a picture of one color, the bytes of a row are known for each filter.
 */

/** Number of bytes per pixel by color type, for 8 bits per sample. */
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const SIGNATURE = "\x89PNG\r\n\x1a\n";
const HEADER_BYTES = 33;
/** Maximum number of pixels: larger pictures would take seconds. */
const MOST_PIXELS = 64e6;

/** Whether a picture is a PNG of a single color; `false` for other formats and broken files. */
export async function isSingleColorPng(picture: Blob): Promise<boolean> {
  return (await plainPixel(await readPng(picture))) !== undefined;
}

/** Whether a PNG is all white or all transparent, or a GIF of one pixel is. */
export async function isPlaceholder(picture: Blob): Promise<boolean> {
  const png = await readPng(picture);
  if (!png) return isBlankGif(new Uint8Array(await picture.arrayBuffer()));
  const pixel = await plainPixel(png);
  return pixel !== undefined && isWhiteOrClear(pixel, png);
}

type Png = {
  width: number;
  height: number;
  depth: number;
  colorType: number;
  palette: Uint8Array | undefined;
  transparency: Uint8Array | undefined;
  /** Data of the `IDAT` chunks. */
  packed: Uint8Array<ArrayBuffer>[];
};

/** Reads the parts of a PNG; `undefined` for other files and interlaced ones. */
async function readPng(picture: Blob): Promise<Png | undefined> {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  const head = new DataView(bytes.buffer);
  if (bytes.length < HEADER_BYTES || String.fromCharCode(...bytes.subarray(0, 8)) !== SIGNATURE) return undefined;
  const png: Png = {
    width: head.getUint32(16),
    height: head.getUint32(20),
    depth: head.getUint8(24),
    colorType: head.getUint8(25),
    palette: undefined,
    transparency: undefined,
    packed: [],
  };
  for (let at = 8; at + 12 <= bytes.length; at += head.getUint32(at) + 12) {
    const data = bytes.subarray(at + 8, at + 8 + head.getUint32(at));
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (name === "IDAT") png.packed.push(data);
    else if (name === "PLTE") png.palette = data;
    else if (name === "tRNS") png.transparency = data;
  }
  return head.getUint8(28) === 0 ? png : undefined;
}

/** Returns the bytes of the pixel if all pixels of a PNG are equal; with less than 8 bits per sample, the sample as one byte. */
async function plainPixel(png: Png | undefined): Promise<Uint8Array | undefined> {
  if (!png) return undefined;
  const { width, height, depth, colorType } = png;
  const channels = CHANNELS[colorType];
  if (channels === undefined || width * height > MOST_PIXELS) return undefined;
  const isPacked = depth < 8;
  // Only rows of a single byte are supported, so that padding bits need no check.
  if (isPacked && width * depth > 8) return undefined;
  const step = isPacked ? 1 : (channels * depth) / 8;
  const data = new Blob(png.packed).stream().pipeThrough(new DecompressionStream("deflate"));
  try {
    const pixel = await plainRows(data, isPacked ? 1 : width * step, height, step);
    if (!pixel || !isPacked) return pixel;
    const samples = Array.from({ length: width }, (_, x) => (pixel[0]! >> (8 - depth * (x + 1))) & ((1 << depth) - 1));
    return samples.every((sample) => sample === samples[0]) ? Uint8Array.of(samples[0]!) : undefined;
  } catch {
    return undefined; // cut off, or damaged: the decoder says how
  }
}

function isWhiteOrClear(pixel: Uint8Array, { depth, colorType, palette, transparency }: Png): boolean {
  if (colorType === 3) {
    const index = pixel[0]!;
    if (transparency?.[index] === 0) return true;
    return palette?.subarray(3 * index, 3 * index + 3).every((sample) => sample === 255) ?? false;
  }
  const bytes = depth === 16 ? 2 : 1;
  const colors = pixel.subarray(0, (colorType & 2 ? 3 : 1) * bytes);
  const alpha = pixel.subarray(colors.length);
  if (alpha.length > 0 && alpha.every((byte) => byte === 0)) return true;
  // The transparent color in tRNS has 16 bits per sample.
  const key = transparency && bytes === 1 ? transparency.filter((_, i) => i % 2 === 1) : transparency;
  if (key && alpha.length === 0 && key.length >= colors.length && colors.every((byte, i) => byte === key[i]))
    return true;
  return colors.every((byte) => byte === (depth < 8 ? (1 << depth) - 1 : 255));
}

/** Whether a GIF is one pixel, transparent or white. */
function isBlankGif(bytes: Uint8Array): boolean {
  const [width, height, flags] = [bytes[6], bytes[8], bytes[10]!];
  let at = 13 + (flags & 0x80 ? 6 << (flags & 7) : 0);
  let clear = -1;
  while (bytes[at] === 0x21) {
    if (bytes[at + 1] === 0xf9 && bytes[at + 3]! & 1) clear = bytes[at + 6]!;
    for (at += 2; bytes[at]; at += bytes[at]! + 1);
    at++;
  }
  const local = bytes[at + 9]!;
  const data = at + 10 + (local & 0x80 ? 6 << (local & 7) : 0);
  if (width !== 1 || height !== 1 || bytes[at] !== 0x2c || data + 3 >= bytes.length) return false;
  // The code of the pixel follows the clear code.
  const bits = bytes[data]! + 1;
  const index = ((bytes[data + 2]! | (bytes[data + 3]! << 8)) >> bits) & ((1 << bits) - 1);
  const table = local & 0x80 ? at + 10 : 13;
  return index === clear || bytes.subarray(table + 3 * index, table + 3 * index + 3).every((sample) => sample === 255);
}

/** Returns the bytes of the first pixel, `channels` of them, if all `height` rows of `stride` bytes repeat it. */
async function plainRows(
  data: ReadableStream<Uint8Array>,
  stride: number,
  height: number,
  channels: number,
): Promise<Uint8Array | undefined> {
  const pixel = new Uint8Array(channels);
  // By filter: the expected first row, and the expected row below an equal row.
  const rows: [(Uint8Array | undefined)[], (Uint8Array | undefined)[]] = [[], []];
  let [y, x, filter] = [0, -1, 0];
  const reader = data.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return y === height ? pixel : undefined;
      for (const byte of value) {
        if (y === height) return undefined;
        if (x < 0) {
          if (byte > 4) return undefined;
          filter = byte;
        } else if (y === 0 && x < channels) {
          pixel[x] = byte; // under every filter the very first pixel stands for itself
        } else {
          const known = rows[y === 0 ? 0 : 1];
          known[filter] ??= plainRow(pixel, stride, filter, y === 0);
          if (byte !== known[filter]![x]) return undefined;
        }
        x++;
        if (x === stride) [y, x] = [y + 1, -1];
      }
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/** Returns the filtered bytes of a row of equal pixels. Filters: 0 none, 1 left, 2 above, 3 average, 4 Paeth. */
function plainRow(pixel: Uint8Array, stride: number, filter: number, isFirst: boolean): Uint8Array {
  const row = new Uint8Array(stride);
  const half = pixel.map((sample) => sample - (sample >> 1));
  const isAlone = filter === 0 || (filter === 2 && isFirst);
  const rest = isAlone ? pixel : filter === 3 && isFirst ? half : undefined;
  if (rest) for (let x = 0; x < stride; x += rest.length) row.set(rest, x);
  // The first pixel of a row has no left neighbor.
  if (filter === 1 || isFirst) row.set(pixel);
  else if (filter === 3) row.set(half);
  return row;
}
