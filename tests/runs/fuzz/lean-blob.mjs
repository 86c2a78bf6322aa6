// A `Blob` of bytes in memory, in place of Node's: that one copies through streams and structured clones, which would take
// most of the time of the fuzzing. Readers see no difference.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class LeanBlob {
  #bytes;
  type;

  constructor(parts = [], { type = "" } = {}) {
    const pieces = parts.map(bytesOf);
    this.#bytes = pieces.length === 1 ? pieces[0] : joined(pieces);
    this.type = type;
  }

  get size() {
    return this.#bytes.length;
  }

  get [Symbol.toStringTag]() {
    return "Blob";
  }

  slice(start = 0, end = this.size, type = "") {
    const place = (at) => (at < 0 ? Math.max(this.size + at, 0) : Math.min(at, this.size));
    const [from, to] = [place(start), place(end)];
    return new LeanBlob([this.#bytes.subarray(from, Math.max(from, to))], { type });
  }

  async arrayBuffer() {
    return this.#bytes.slice().buffer;
  }

  async text() {
    return decoder.decode(this.#bytes);
  }

  stream() {
    const bytes = this.#bytes.slice();
    return new ReadableStream({
      start(controller) {
        if (bytes.length > 0) controller.enqueue(bytes);
        controller.close();
      },
    });
  }

  /** Its bytes, not copied. */
  static bytesOf(blob) {
    return blob.#bytes;
  }
}

function bytesOf(part) {
  if (typeof part === "string") return encoder.encode(part);
  if (part instanceof LeanBlob) return LeanBlob.bytesOf(part);
  return ArrayBuffer.isView(part)
    ? new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
    : new Uint8Array(part);
}

function joined(pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
