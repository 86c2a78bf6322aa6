/** The few lines that make a PNG of raw pixels; loaded when somebody has such. */

/** PNG of RGBA bytes. */
export async function rgbaToPng(width: number, height: number, rgba: Uint8Array | Uint8ClampedArray): Promise<Blob> {
  const stride = width * 4;
  const rows = new Uint8Array((stride + 1) * height);
  // Each row begins with its filter: 0, none.
  for (let y = 0; y < height; y++) rows.set(rgba.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, width);
  head.setUint32(4, height);
  head.setUint8(8, 8); // bits a sample
  head.setUint8(9, 6); // RGBA
  const zlib = new Blob([rows]).stream().pipeThrough(new CompressionStream("deflate"));
  const packed = new Uint8Array(await new Response(zlib).arrayBuffer());
  const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
  const parts = [signature, ...chunk("IHDR", new Uint8Array(head.buffer)), ...chunk("IDAT", packed), ...chunk("IEND")];
  return new Blob(parts, { type: "image/png" });
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
