/** Bytes of a picture that tell its size, but for JPEG files with large metadata. */
const HEAD_BYTES = 65_536;

/** Width and height of a PNG or JPEG picture by its header; nothing where the header does not tell. */
export async function pictureSize(picture: Blob): Promise<{ width: number; height: number } | undefined> {
  const bytes = new Uint8Array(await picture.slice(0, HEAD_BYTES).arrayBuffer());
  const view = new DataView(bytes.buffer);
  if (bytes.length >= 24 && view.getUint32(0) === 0x89504e47) {
    return { width: view.getUint32(16), height: view.getUint32(20) };
  }
  return bytes.length >= 4 && view.getUint16(0) === 0xffd8 ? jpegSize(view) : undefined;
}

/** Goes from segment to segment up to the start of a frame (SOF0 to SOF15, which are not tables). */
function jpegSize(view: DataView): { width: number; height: number } | undefined {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}
