// Archives for tests.

/** A zip archive with stored entries, as `[name, bytes or text]`; `edit` may damage the central directory's fields. */
export function zipOf(entries, edit = () => ({})) {
  const encoder = new TextEncoder();
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of entries) {
    const bytes = typeof content === "string" ? encoder.encode(content) : content;
    const path = encoder.encode(name);
    const fields = { size: bytes.length, packed: bytes.length, flags: 0x800, method: 0, ...edit(name) };
    const shared = (view, at) => {
      view.setUint16(at, 20, true);
      view.setUint16(at + 2, fields.flags, true);
      view.setUint16(at + 4, fields.method, true);
      view.setUint32(at + 14, fields.packed, true);
      view.setUint32(at + 18, fields.size, true);
      view.setUint16(at + 22, path.length, true);
    };
    const local = new DataView(new ArrayBuffer(30));
    local.setUint32(0, 0x04034b50, true);
    shared(local, 4);
    const entry = new DataView(new ArrayBuffer(46));
    entry.setUint32(0, 0x02014b50, true);
    shared(entry, 6);
    entry.setUint32(42, offset, true);
    parts.push(local, path, bytes);
    directory.push(entry, path);
    offset += 30 + path.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.byteLength, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, entries.length, true);
  end.setUint16(10, entries.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, offset, true);
  return new File([...parts, ...directory, end], "record.zip");
}
