// The building blocks of image files, put together so that they may lie.
import { crc32, deflateSync } from "node:zlib";

const u32 = (value) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 255));
const u16 = (value) => Buffer.from([value >> 8, value & 255]);
const le = (value, bytes) => Buffer.from(Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) & 255));
export const text = (string) => Buffer.from(string, "latin1");

/** A chunk of a PNG; `length` and `sum` may differ from what is true. */
export function pngChunk(kind, data, { length = data.length, sum } = {}) {
  const body = Buffer.concat([text(kind), data]);
  return Buffer.concat([u32(length), body, u32(sum ?? crc32(body))]);
}

/** A PNG of chunks behind a header of this size. */
export function png({ width = 4, height = 4, depth = 8, color = 2, interlace = 0 }, ...chunks) {
  const header = Buffer.concat([u32(width), u32(height), Buffer.from([depth, color, 0, 0, interlace])]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, pngChunk("IHDR", header), ...chunks]);
}

/** Pixel data of `bytes` zeros, well compressed. */
export const pixels = (bytes) => pngChunk("IDAT", deflateSync(Buffer.alloc(bytes), { level: 9 }));
export const PNG_END = pngChunk("IEND", Buffer.alloc(0));
export const zeros = (bytes) => deflateSync(Buffer.alloc(bytes), { level: 9 });

/** A segment of a JPEG. */
export const segment = (marker, data, length = data.length + 2) =>
  Buffer.concat([Buffer.from([0xff, marker]), u16(length), data]);

/** The frame header of a JPEG. */
export const frameHeader = (width, height, components = 3, sampling = 0x11) =>
  Buffer.concat([
    Buffer.from([8]),
    u16(height),
    u16(width),
    Buffer.from([components, ...Array.from({ length: components }, (_, i) => [i + 1, sampling, 0]).flat()]),
  ]);

/** A RIFF file of WebP chunks; `length` may differ from what is true. */
export function webp(chunks, length) {
  const body = Buffer.concat([text("WEBP"), ...chunks]);
  return Buffer.concat([text("RIFF"), le(length ?? body.length, 4), body]);
}

/** A chunk of a WebP. */
export const webpChunk = (kind, data, length = data.length) =>
  Buffer.concat([text(kind), le(length, 4), data, Buffer.alloc(data.length % 2)]);

/** The extended header of a WebP. */
export const webpCanvas = (width, height, flags = 0) =>
  webpChunk("VP8X", Buffer.concat([Buffer.from([flags, 0, 0, 0]), le(width - 1, 3), le(height - 1, 3)]));

/** The start of a GIF with a table of two colors. */
export const gifScreen = (width, height, flags = 0x80) =>
  Buffer.concat([
    text("GIF89a"),
    le(width, 2),
    le(height, 2),
    Buffer.from([flags, 0, 0]),
    Buffer.alloc(flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0, 0x7f),
  ]);

/** An image of a GIF with the codes given. */
export const gifImage = ([left, top, width, height], size, codes, flags = 0) =>
  Buffer.concat([
    Buffer.from([0x2c]),
    ...[left, top, width, height].map((value) => le(value, 2)),
    Buffer.from([flags, size, codes.length, ...codes, 0]),
  ]);
