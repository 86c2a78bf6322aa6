/** Encodes raw pixels as PNG. Loaded with the first raw pixels. */

const MOST_COLORS = 256;

/** Returns a PNG of RGBA bytes, with a palette if there are at most 256 colors: a third of the size. */
export async function rgbaToPng(width: number, height: number, rgba: Uint8Array | Uint8ClampedArray): Promise<Blob> {
  const indexed = toIndexed(rgba);
  const channels = indexed ? 1 : 4;
  const samples = indexed?.indices ?? rgba;
  const stride = width * channels;
  const rows = new Uint8Array((stride + 1) * height);
  // Each row begins with its filter: 0, none.
  for (let y = 0; y < height; y++) rows.set(samples.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, width);
  head.setUint32(4, height);
  head.setUint8(8, 8); // bits a sample
  head.setUint8(9, indexed ? 3 : 6); // palette or RGBA
  const zlib = new Blob([rows]).stream().pipeThrough(new CompressionStream("deflate"));
  const packed = new Uint8Array(await new Response(zlib).arrayBuffer());
  const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
  const palette = indexed ? [...chunk("PLTE", indexed.colors), ...chunk("tRNS", indexed.alphas)] : [];
  const parts = [
    signature,
    ...chunk("IHDR", new Uint8Array(head.buffer)),
    ...palette,
    ...chunk("IDAT", packed),
    ...chunk("IEND"),
  ];
  return new Blob(parts, { type: "image/png" });
}

type Indexed = { indices: Uint8Array; colors: Uint8Array<ArrayBuffer>; alphas: Uint8Array<ArrayBuffer> };

/** Returns the pixels as palette indices; `undefined` if there are more than 256 colors. */
function toIndexed(rgba: Uint8Array | Uint8ClampedArray): Indexed | undefined {
  const bytes = new DataView(rgba.buffer, rgba.byteOffset, rgba.byteLength);
  const indices = new Uint8Array(rgba.length / 4);
  const palette = new Map<number, number>();
  let [lastPixel, lastIndex] = [-1, 0];
  for (let i = 0; i < indices.length; i++) {
    const pixel = bytes.getUint32(4 * i);
    if (pixel !== lastPixel) {
      const known = palette.get(pixel);
      if (known === undefined && palette.size === MOST_COLORS) return undefined;
      if (known === undefined) palette.set(pixel, palette.size);
      [lastPixel, lastIndex] = [pixel, known ?? palette.size - 1];
    }
    indices[i] = lastIndex;
  }
  const colors = [...palette.keys()];
  return {
    indices,
    colors: Uint8Array.from(colors.flatMap((color) => [color >>> 24, color >>> 16, color >>> 8])),
    alphas: Uint8Array.from(colors),
  };
}

function chunk(name: string, data = new Uint8Array(0)): Uint8Array<ArrayBuffer>[] {
  const type = Uint8Array.from(name, (letter) => letter.charCodeAt(0));
  return [bigEndian(data.length), type, data, bigEndian(crc32([type, data]))];
}

function bigEndian(value: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value);
  return new Uint8Array(view.buffer);
}

let crcTable: Uint32Array | undefined;

function crc32(parts: Uint8Array[]): number {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n;
  });
  let crc = ~0;
  for (const part of parts) for (const byte of part) crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 255]!;
  return ~crc >>> 0;
}
