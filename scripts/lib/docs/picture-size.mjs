/** Width and height of a PNG or GIF, so that a page keeps room for it; nothing for other files. */
export function pictureSize(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.toString("latin1", 1, 4) === "PNG") return { width: view.getUint32(16), height: view.getUint32(20) };
  if (bytes.toString("latin1", 0, 3) === "GIF")
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  return {};
}
