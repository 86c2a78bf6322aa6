/**
 * Whether a PNG shows a single color, such as the picture of an empty tab. Loaded for pages at `about:blank` only: they
 * are few, and the decoder proper is in a worker that may not be there yet.
 *
 * Nothing is unfiltered: of a picture of one color it is known what each row looks like under each filter.
 */

/** Bytes a pixel by color type, at 8 bits a sample. */
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const SIGNATURE = "\x89PNG\r\n\x1a\n";
const HEADER_BYTES = 33;
/** More is not looked at: it would take seconds. */
const MOST_PIXELS = 64e6;

/** Whether a picture is a PNG that shows one color only. Nothing is known, `false`, of others and of broken ones. */
export async function isPlainPng(picture: Blob): Promise<boolean> {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  const head = new DataView(bytes.buffer);
  if (bytes.length < HEADER_BYTES || String.fromCharCode(...bytes.subarray(0, 8)) !== SIGNATURE) return false;
  const [width, height] = [head.getUint32(16), head.getUint32(20)];
  const [depth, colorType, interlace] = [head.getUint8(24), head.getUint8(25), head.getUint8(28)];
  const channels = CHANNELS[colorType];
  if (depth !== 8 || channels === undefined || interlace !== 0 || width * height > MOST_PIXELS) return false;
  try {
    return await areRowsPlain(imageData(bytes), width * channels, height, channels);
  } catch {
    return false; // cut off, or damaged: the decoder says how
  }
}

/** The zlib stream of the chunks `IDAT`. */
function imageData(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  const view = new DataView(bytes.buffer);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === 0x49444154) parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return new Blob(parts).stream().pipeThrough(new DecompressionStream("deflate"));
}

async function areRowsPlain(
  data: ReadableStream<Uint8Array>,
  stride: number,
  height: number,
  channels: number,
): Promise<boolean> {
  const pixel = new Uint8Array(channels);
  // By filter: the first row, and those below a row of the same color.
  const rows: [(Uint8Array | undefined)[], (Uint8Array | undefined)[]] = [[], []];
  let [y, x, filter] = [0, -1, 0];
  const reader = data.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return y === height;
      for (const byte of value) {
        if (y === height) return false;
        if (x < 0) {
          if (byte > 4) return false;
          filter = byte;
        } else if (y === 0 && x < channels) {
          pixel[x] = byte; // under every filter the very first pixel stands for itself
        } else {
          const known = rows[y === 0 ? 0 : 1];
          known[filter] ??= plainRow(pixel, stride, filter, y === 0);
          if (byte !== known[filter]![x]) return false;
        }
        x++;
        if (x === stride) [y, x] = [y + 1, -1];
      }
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/** A row that is `pixel` all along, as a filter leaves it: 0 none, 1 left, 2 above, 3 average, 4 Paeth. */
function plainRow(pixel: Uint8Array, stride: number, filter: number, isFirst: boolean): Uint8Array {
  const row = new Uint8Array(stride);
  const half = pixel.map((sample) => sample - (sample >> 1));
  const isAlone = filter === 0 || (filter === 2 && isFirst);
  const rest = isAlone ? pixel : filter === 3 && isFirst ? half : undefined;
  if (rest) for (let x = 0; x < stride; x += rest.length) row.set(rest, x);
  // The pixel at the left edge has none before it to be told from.
  if (filter === 1 || isFirst) row.set(pixel);
  else if (filter === 3) row.set(half);
  return row;
}
