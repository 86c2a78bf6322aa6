/** Reads the first `bytes` bytes of a stream, or all of a shorter one, and cancels it. */
export async function firstBytes(stream: ReadableStream<Uint8Array>, bytes: number): Promise<Uint8Array> {
  const head = new Uint8Array(bytes);
  let filled = 0;
  const reader = stream.getReader();
  try {
    while (filled < bytes) {
      const { done, value } = await reader.read();
      if (done) break;
      head.set(value.subarray(0, bytes - filled), filled);
      filled += Math.min(value.length, bytes - filled);
    }
  } finally {
    reader.cancel().catch(() => {}); // the rest is not needed, or the stream has failed
  }
  return head.subarray(0, filled);
}
