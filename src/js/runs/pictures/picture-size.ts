/** Width and height of a picture in pixels. */
export type PictureSize = { width: number; height: number };

/** Number of bytes at the start of a picture that contain its size, except for JPEG files with large metadata. */
const HEAD_BYTES = 65_536;

/** Returns the size in the head of a picture; `undefined` if the head does not contain it. */
export async function pictureSize(picture: Blob): Promise<PictureSize | undefined> {
  return sizeInHead(new Uint8Array(await picture.slice(0, HEAD_BYTES).arrayBuffer()));
}

/**
 * Returns the size in the head of a PNG, JPEG, GIF or WebP; `undefined` for other bytes, or if the head ends before it. In a JPEG it
 * follows the color profile, so up to 64 KiB may be needed.
 */
export function sizeInHead(bytes: Uint8Array): PictureSize | undefined {
  const size = sizeOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

function sizeOf(view: DataView): PictureSize | undefined {
  if (view.byteLength < 30) return undefined;
  switch (view.getUint32(0)) {
    case 0x89504e47: // PNG: IHDR is its first chunk
      return { width: view.getUint32(16), height: view.getUint32(20) };
    case 0x47494638: // GIF: the logical screen
      return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    case 0x52494646:
      return webpSize(view);
  }
  return view.getUint16(0) === 0xffd8 ? jpegSize(view) : undefined;
}

/** Returns the size of a lossy, lossless or extended WebP. */
function webpSize(view: DataView): PictureSize | undefined {
  switch (view.getUint32(12)) {
    case 0x56503820: // "VP8 "
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 0x5650384c: {
      const bits = view.getUint32(21, true); // "VP8L": 14 bits each, less one
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 0x56503858: // "VP8X": 24 bits each, less one
      return { width: (view.getUint32(24, true) & 0xffffff) + 1, height: (view.getUint32(26, true) >>> 8) + 1 };
    default:
      return undefined;
  }
}

/** Returns the size in the first frame header of a JPEG. */
function jpegSize(view: DataView): PictureSize | undefined {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++; // fill bytes
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
